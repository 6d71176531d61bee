using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.RequestObjects;

/// <summary>
/// Request objects (RFC 9101, OpenID Connect Core section 6): a JWT that the client signed, and whose claims are the whole
/// request. Unsigned ones are refused, which RFC 9101 section 10.5 leaves to the server, and so are encrypted ones.
/// </summary>
internal sealed class RequestObjectValidator(ClientKeys keys, IOptions<IdpOptions> options, TimeProvider clock)
{
    // RFC 9101 section 10.8 and what was there before it; many clients say nothing.
    private static readonly string[] Types = ["oauth-authz-req+jwt", "JWT", ""];

    public static readonly JwsAlgorithm[] Algorithms = Enum.GetValues<JwsAlgorithm>();

    public async Task<RequestObjectCheck> CheckAsync(string requestObject, Client client, CancellationToken cancellationToken)
    {
        // RFC 9101 section 6.2: by a key and an algorithm of this client.
        var signature = await keys.VerifyAsync(
            client, requestObject, new JwsRules(Types, AlgorithmsOf(client)), cancellationToken);
        if (signature is not JwsCheck.Valid { Payload: var claims })
            return new RequestObjectCheck.Refused(
                "The request object is not signed by a key and an algorithm of this client.",
                (signature as JwsCheck.Refused)?.Reason ?? "The key (kid) is not one of the client's.");

        if (RequestObjectClaims.Refusal(claims, client, options.Value.Issuer, clock.GetUtcNow()) is { } refusal)
            return new RequestObjectCheck.Refused(refusal, refusal);

        // RFC 9101 section 6.3: nothing outside of the object counts.
        return RequestParameters.FromClaims(claims) switch
        {
            ParametersCheck.Valid valid => new RequestObjectCheck.Valid(valid.Parameters),
            ParametersCheck.Refused malformed => new RequestObjectCheck.Refused(
                $"In the request object {malformed.Description}.", malformed.Description),
            _ => throw new InvalidOperationException(),
        };
    }

    private static JwsAlgorithm[] AlgorithmsOf(Client client)
    {
        var allowed = client.IsFapi ? ClientAlgorithms.Fapi : Algorithms;
        return client.RequestObjectAlgorithm is { } registered ? [.. allowed.Where(one => one == registered)] : allowed;
    }
}

internal abstract record RequestObjectCheck
{
    public sealed record Valid(RequestParameters Parameters) : RequestObjectCheck;

    /// <summary>The error is invalid_request_object.</summary>
    public sealed record Refused(string Description, string Reason) : RequestObjectCheck;
}
