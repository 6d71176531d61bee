using Platform.IdP.Resources;

namespace Platform.IdP.Consents;

/// <summary>Scopes in plain words: the provider's own, and those that config/resources.yaml describes.</summary>
internal sealed class ScopeTexts(ResourceRegistry resources)
{
    public string Of(string scope) => scope switch
    {
        "openid" => ConsentTexts.OpenId,
        "profile" => ConsentTexts.Profile,
        "email" => ConsentTexts.Email,
        "phone" => ConsentTexts.Phone,
        "address" => ConsentTexts.Address,
        "offline_access" => ConsentTexts.OfflineAccess,
        _ => resources.DescriptionOf(scope) ?? ConsentTexts.OtherScope.With(scope),
    };
}
