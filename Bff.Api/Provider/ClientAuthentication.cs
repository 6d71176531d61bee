using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.Bff.Configuration;
using Platform.Bff.Keys;
using Platform.Tokens.ClientAssertions;

namespace Platform.Bff.Provider;

/// <summary>Says at a provider who the BFF is, the same at all its endpoints (RFC 9126 section 2).</summary>
internal sealed class ClientAuthentication(ClientKeys keys, TimeProvider clock)
{
    /// <summary>Adds what the method needs to the form, or to the header that is returned.</summary>
    public async ValueTask<AuthenticationHeaderValue?> AddAsync(
        OpenIdProvider provider, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var options = provider.Options;
        switch (options.TokenAuthMethod)
        {
            // OpenID Connect Core section 9; the audience is the issuer and nothing else (FAPI 2.0 section 5.3.3.1).
            case TokenAuthMethods.PrivateKeyJwt:
                var key = (await keys.GetAsync(cancellationToken)).Signing;
                form["client_id"] = options.ClientId;
                form["client_assertion_type"] = ClientAssertion.Type;
                form["client_assertion"] = ClientAssertion.Create(key, options.ClientId, provider.Issuer, clock.GetUtcNow());
                return null;

            // RFC 6749 section 2.3.1
            case TokenAuthMethods.ClientSecretPost:
                form["client_id"] = options.ClientId;
                form["client_secret"] = options.ClientSecret;
                return null;

            case TokenAuthMethods.ClientSecretBasic:
                return Basic(options.ClientId, options.ClientSecret);

            default:
                throw new UnreachableException();
        }
    }

    /// <summary>RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined.</summary>
    internal static AuthenticationHeaderValue Basic(string clientId, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{WebUtility.UrlEncode(clientId)}:{WebUtility.UrlEncode(secret)}")));
}
