using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Platform.Bff.Provider;
using Platform.ServiceDefaults.Telemetry;
using Platform.Tokens.AuthorizationResponses;

namespace Platform.Bff.Login;

/// <summary>
/// The parameters of an authorization response, from the query (RFC 6749 section 4.1.2) or out of its signed form (JARM
/// section 2.3), in which nothing is read before the signature has been verified.
/// </summary>
internal sealed record AuthorizationAnswer(string? State, string? Code, string? Error, string? Issuer)
{
    private static readonly string[] Parameters = ["state", "code", "iss", "error", "response"];

    /// <summary>The parameters, or why there are none.</summary>
    public static async ValueTask<(AuthorizationAnswer? Answer, SignInRefusal? Refusal)> ReadAsync(
        OpenIdProvider provider, IQueryCollection query, CancellationToken cancellationToken)
    {
        ProtocolSpan.Request(query);

        // RFC 6749 section 3.1: no parameter more than once.
        if (Parameters.FirstOrDefault(name => query[name].Count > 1) is { } repeated)
        {
            return (null, SignInRefusal.Mismatch("repeated_parameter", $"{repeated} came more than once"));
        }

        if (!provider.Options.SignedResponse)
        {
            return (new(Text(query["state"]), Text(query["code"]), Text(query["error"]), Text(query["iss"])), null);
        }

        if (Text(query["response"]) is not { } response)
        {
            return (null, SignInRefusal.Mismatch("unsigned_response", "the answer is not signed, though that was asked for"));
        }

        var check = await provider.SignedResponses.ValidateAsync(response, cancellationToken);
        if (check is not AuthorizationResponseCheck.Valid { Parameters: var claims })
        {
            return (null, SignInRefusal.Mismatch(
                "response_refused", $"the signed answer is refused: {((AuthorizationResponseCheck.Refused)check).Reason}"));
        }

        ProtocolSpan.Passed("response is signed by the provider, for this client", "JARM section 2.4");
        return (new(Text(claims, "state"), Text(claims, "code"), Text(claims, "error"), Text(claims, "iss")), null);
    }

    private static string? Text(StringValues values) => values is [{ Length: > 0 } value] ? value : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
