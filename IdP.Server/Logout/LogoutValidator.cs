using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Logout;

/// <summary>
/// The checks of OpenID Connect RP-Initiated Logout 1.0, section 2, in order. <c>logout_hint</c> is accepted:
/// the browser says who is signed in.
/// </summary>
internal sealed class LogoutValidator(ClientRegistry clients, SigningKeys keys, IOptions<IdpOptions> options)
{
    private static readonly JwsRules IdTokenRules = new(["JWT"], Enum.GetValues<JwsAlgorithm>());

    public LogoutCheck Check(RequestParameters parameters)
    {
        string? clientId = null;
        string? sessionId = null;

        // An ID token that has expired is still a hint; one that this provider did not issue is none.
        if (parameters["id_token_hint"] is { } hint)
        {
            if (keys.Verify(hint, IdTokenRules) is not JwsCheck.Valid { Payload: var claims } ||
                Text(claims, "iss") != options.Value.Issuer)
                return new LogoutCheck.Refused("id_token_hint is not an ID token of this provider.");

            if (!LogoutHint.IsIdToken(claims))
                return new LogoutCheck.Refused("id_token_hint is another JWT than an ID token.");
            if ((clientId = LogoutHint.Client(claims)) is null)
                return new LogoutCheck.Refused("id_token_hint does not say which client it was issued to.");
            sessionId = Text(claims, "sid");
            ProtocolSpan.Join("logout", sessionId);
            ProtocolSpan.Passed("id_token_hint is an ID token of this provider", "OpenID Connect RP-Initiated Logout section 2");
        }

        if (parameters["client_id"] is { } named)
        {
            if (clientId is not null && clientId != named)
                return new LogoutCheck.Refused("client_id and id_token_hint name different clients.");
            clientId = named;
        }

        var client = clients.Find(clientId);
        if (clientId is not null && client is null)
            return new LogoutCheck.Refused("The client is unknown.");

        // Exact strings, as with redirect_uri; and none at all of a client that is not known.
        var address = parameters["post_logout_redirect_uri"];
        if (address is not null && client is null)
            return new LogoutCheck.Refused("post_logout_redirect_uri needs an id_token_hint or a client_id beside it.");
        if (address is not null && !client!.PostLogoutRedirectUris.Contains(address, StringComparer.Ordinal))
            return new LogoutCheck.Refused("post_logout_redirect_uri is not registered for this client.");

        if (address is not null)
            ProtocolSpan.Passed("post_logout_redirect_uri is registered", "OpenID Connect RP-Initiated Logout section 3");
        return new LogoutCheck.Valid(new LogoutRequest(
            clientId, sessionId, address, parameters["state"], HasHint: parameters["id_token_hint"] is not null)
        {
            UiLocales = parameters["ui_locales"],
        });
    }

    private static string? Text(JsonElement claims, string name) => LogoutHint.Text(claims, name);
}

internal abstract record LogoutCheck
{
    public sealed record Valid(LogoutRequest Request) : LogoutCheck;

    public sealed record Refused(string Description) : LogoutCheck;
}
