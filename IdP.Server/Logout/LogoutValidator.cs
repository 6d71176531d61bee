using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Logout;

/// <summary>The checks of OpenID Connect RP-Initiated Logout 1.0, section 2, in order.</summary>
internal sealed class LogoutValidator(ClientRegistry clients, SigningKeys keys, IOptions<IdpOptions> options)
{
    private static readonly JwsRules IdTokenRules = new(["JWT"], [JwsAlgorithm.ES256]);

    public LogoutCheck Check(RequestParameters parameters)
    {
        string? clientId = null;
        string? sessionId = null;

        // An ID token that has expired is still a hint; one that this provider did not issue is none.
        if (parameters["id_token_hint"] is { } hint)
        {
            if (Jws.Verify(hint, keys.Published, IdTokenRules) is not JwsCheck.Valid { Payload: var claims } ||
                Text(claims, "iss") != options.Value.Issuer)
                return new LogoutCheck.Refused("id_token_hint is not an ID token of this provider.");

            clientId = Text(claims, "aud");
            sessionId = Text(claims, "sid");
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

        // Exact strings, as with redirect_uri; and never a redirect for a client that is not known.
        var address = parameters["post_logout_redirect_uri"];
        if (address is not null && client is null)
            return new LogoutCheck.Refused("post_logout_redirect_uri needs an id_token_hint or a client_id beside it.");
        if (address is not null && !client!.PostLogoutRedirectUris.Contains(address, StringComparer.Ordinal))
            return new LogoutCheck.Refused("post_logout_redirect_uri is not registered for this client.");

        return new LogoutCheck.Valid(new LogoutRequest(clientId, sessionId, address, parameters["state"]));
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

internal abstract record LogoutCheck
{
    public sealed record Valid(LogoutRequest Request) : LogoutCheck;

    public sealed record Refused(string Description) : LogoutCheck;
}
