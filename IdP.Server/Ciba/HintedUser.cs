namespace Platform.IdP.Ciba;

/// <summary>Whom a client means: by user name, or by an ID token that it was issued (CIBA Core section 7.1).</summary>
internal sealed class HintedUser(UserDirectory users, KnownPeople people, IdTokenHint idTokens)
{
    public User? Find(RequestParameters parameters, Client client) => parameters["login_hint"] is { } name
        ? users.FindByUserName(name)
        : parameters["id_token_hint"] is { } hint && idTokens.FindSubject(hint, client) is { } subject
            ? people.Find(client, subject)
            : null;
}
