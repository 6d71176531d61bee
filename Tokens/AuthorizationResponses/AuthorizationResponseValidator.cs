using System.Buffers;
using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.AuthorizationResponses;

/// <summary>
/// Validates signed authorization responses in the order of JWT Secured Authorization Response Mode (JARM) section 2.4.
/// No parameter is to be used before that.
/// </summary>
public sealed class AuthorizationResponseValidator(
    ProviderClient provider, AuthorizationResponseRules rules, TimeProvider clock)
{
    // JARM names no typ; that of another kind of JWT is refused.
    private readonly JwsRules _signature = new(["JWT", ""], rules.Algorithms);

    /// <summary>Validates the value of the parameter <c>response</c>.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be had.</exception>
    public async ValueTask<AuthorizationResponseCheck> ValidateAsync(string response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);

        // 1 to 3: before the key is looked for, so that what others signed costs no request
        if (PeekRefusal(response) is { } reason)
        {
            return new AuthorizationResponseCheck.Refused(reason);
        }

        // 4, 5
        return await provider.VerifyAsync(response, _signature, cancellationToken) switch
        {
            JwsCheck.Valid valid => new AuthorizationResponseCheck.Valid(valid.Payload),
            JwsCheck.Refused refused => new AuthorizationResponseCheck.Refused(refused.Reason),
            _ => new AuthorizationResponseCheck.Refused("The key (kid) is not one of the issuer's."),
        };
    }

    private string? PeekRefusal(string response)
    {
        if (CompactJws.Split(response, out var jws) is { } malformed)
        {
            return malformed;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(response.Length);
        try
        {
            return jws.ReadPayload(buffer, out var claims) ?? Refusal(claims);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string? Refusal(JsonElement claims) =>
        !claims.Is("iss", rules.Issuer) ? "The issuer (iss) is another one."
        : !claims.IsForNobodyBut(rules.ClientId) ? "The audience (aud) is not this client alone."
        : TimeClaims.ExpiryRefusal(claims, rules.ClockSkew, clock.GetUtcNow());
}
