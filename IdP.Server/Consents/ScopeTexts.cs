using Platform.IdP.Resources;

namespace Platform.IdP.Consents;

/// <summary>Scopes in plain words: the provider's own, and those that config/resources.yaml describes.</summary>
internal sealed class ScopeTexts(ResourceRegistry resources)
{
    public string Of(string scope) => scope switch
    {
        "openid" => "Recognise you by your account here",
        "profile" => "See your profile: your name, user name, picture and the like",
        "email" => "See your email address",
        "phone" => "See your phone number",
        "address" => "See your postal address",
        "offline_access" => "Keep this access while you are away, until you withdraw it",
        _ => resources.DescriptionOf(scope) ?? $"Use “{scope}”",
    };
}
