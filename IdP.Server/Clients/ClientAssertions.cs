using Microsoft.Extensions.Options;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>private_key_jwt (RFC 7523, OpenID Connect Core section 9): each assertion counts once.</summary>
internal sealed class ClientAssertions(
    ClientKeys keys, UsedIds used, EndpointAddresses addresses, IOptions<IdpOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly byte[] NoSignature = new byte[64];
    private readonly string _issuer = options.Value.Issuer;
    private readonly SigningKey _nobody = SigningKey.Create(JwsAlgorithm.ES256);

    /// <summary>Why it is refused; null when it is not.</summary>
    public async ValueTask<string?> RefusalAsync(
        Client? client, string assertion, HttpRequest request, CancellationToken cancellationToken)
    {
        if (client?.AuthenticationMethod is not ClientAuthenticationMethods.PrivateKeyJwt)
        {
            // A signature is verified for whoever does not exist too, so that time does not tell who does.
            _nobody.PublicKey.Verify(JwsAlgorithm.ES256, "nobody"u8, NoSignature);
            return "there is no such client with keys";
        }

        // RFC 7523 section 3, as updated: the issuer identifier is the only audience, but for clients that cannot yet.
        var rules = new ClientAssertionRules(_issuer, client.Id)
        {
            Algorithms = client.AssertionAlgorithms,
            OtherAudiences = client.MayAddressEndpoints ? addresses.OfCalledAnd(request, TokenSetup.Path) : [],
        };
        var check = Check(assertion, await keys.FindAsync(client, cancellationToken), rules);
        if (check is ClientAssertionCheck.UnknownKey && client.KeysUri is not null)
        {
            check = Check(assertion, await keys.RefreshAsync(client, cancellationToken), rules);
        }

        return check switch
        {
            // RFC 7523 section 3, number 7
            ClientAssertionCheck.Valid valid => await used.TryUseAsync("client-assertion", client.Id, valid.Id, valid.ExpiresAt)
                ? null
                : "the client assertion was used before",
            ClientAssertionCheck.UnknownKey unknown => $"the client has no key {unknown.KeyId}",
            ClientAssertionCheck.Refused refused => refused.Reason,
            _ => throw new InvalidOperationException(),
        };
    }

    public void Dispose() => _nobody.Dispose();

    private ClientAssertionCheck Check(string assertion, JsonWebKeySet keys, ClientAssertionRules rules) =>
        ClientAssertionValidator.Check(assertion, keys, rules, clock.GetUtcNow());
}
