using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Ciba;

/// <summary>The checks of a backchannel authentication request (CIBA Core section 7.1), in order.</summary>
internal sealed partial class CibaRequestValidator(
    RequestedAccess requestedAccess, HintedUser hinted, IOptions<CibaOptions> options, TimeProvider clock)
{
    private const int LongestToken = 1024;
    private static readonly string[] Hints = ["login_hint_token", "id_token_hint", "login_hint"];

    public CibaCheck Check(string authReqId, RequestParameters parameters, Client client)
    {
        // Section 7.1: exactly one hint. Counted before a user is looked for.
        if (Hints.Count(hint => parameters[hint] is not null) != 1)
            return new CibaCheck.Refused("invalid_request", "Give exactly one of login_hint and id_token_hint.");
        if (parameters["login_hint_token"] is not null)
            return new CibaCheck.Refused("invalid_request", "login_hint_token is not supported.");

        // Section 7.1: scope, in which openid must be, and what else says for which access.
        var asked = requestedAccess.Check(parameters, client);
        if (asked is AccessCheck.Refused refused)
            return new CibaCheck.Refused(refused.Error, refused.Description);
        var access = (AccessCheck.Valid)asked;
        if (!access.Scopes.Contains("openid"))
            return new CibaCheck.Refused("invalid_scope", "The scope must contain openid.");

        // Section 7.1: what the notification is authorized with, a bearer token (RFC 6750 section 2.1).
        var isPing = client.BackchannelDeliveryMode == CibaModes.Ping;
        var token = parameters["client_notification_token"];
        if (isPing && token is null)
            return new CibaCheck.Refused("invalid_request", "client_notification_token is missing.");
        if (isPing && (token!.Length > LongestToken || !BearerToken().IsMatch(token)))
            return new CibaCheck.Refused("invalid_request", "client_notification_token is no bearer token of 1024 characters at most.");

        // Section 7.1: short, and of characters that every device can show.
        if (parameters["binding_message"] is { } message && !BindingMessage().IsMatch(message))
            return new CibaCheck.Refused("invalid_binding_message", "binding_message must be 1 to 64 printable ASCII characters.");

        var lifetime = options.Value.Lifetime;
        if (parameters["requested_expiry"] is { } expiry)
        {
            if (!int.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
                return new CibaCheck.Refused("invalid_request", "requested_expiry is not a positive number of seconds.");
            lifetime = TimeSpan.FromSeconds(Math.Min(seconds, options.Value.LongestLifetime.TotalSeconds));
        }

        if (hinted.Find(parameters, client) is not { } user)
            return new CibaCheck.Refused("unknown_user_id", "The hint names no user.");

        return new CibaCheck.Valid(new CrossDeviceRequest
        {
            Id = Handle.Hash(authReqId),
            ClientId = client.Id,
            Subject = user.Subject,
            Scopes = access.Scopes,
            Resources = access.Resources,
            AuthorizationDetails = access.AuthorizationDetails,
            Claims = access.Claims?.Json,
            ToCompare = parameters["binding_message"],
            AuthenticationClasses = parameters["acr_values"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Ping = isPing ? new PingTarget(authReqId, token!) : null,
            ExpiresAt = clock.GetUtcNow() + lifetime,
            Trace = IdpTelemetry.CurrentTrace,
        });
    }

    [GeneratedRegex(@"\A[A-Za-z0-9\-._~+/]+=*\z")]
    private static partial Regex BearerToken();

    [GeneratedRegex(@"\A[\x20-\x7E]{1,64}\z")]
    private static partial Regex BindingMessage();
}

internal abstract record CibaCheck
{
    public sealed record Valid(CrossDeviceRequest Request) : CibaCheck;

    public sealed record Refused(string Error, string Description) : CibaCheck;
}
