using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Platform.IdP.Cors;

/// <summary>
/// Lets the pages of public clients, which are programs in the browser, read the answers of the endpoints that they call.
/// Only origins that such a client has registered for its redirects; never with cookies.
/// </summary>
internal sealed class PublicClientOrigins(ClientRegistry clients) : ICorsPolicyProvider
{
    public const string Policy = "public-clients";

    private static readonly TimeSpan PreflightKept = TimeSpan.FromMinutes(10);

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
        Task.FromResult(policyName == Policy ? Build() : null);

    private CorsPolicy Build() => new CorsPolicyBuilder()
        .SetIsOriginAllowed(IsOfPublicClient)
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithHeaders("authorization", "content-type", "dpop")
        .WithExposedHeaders("DPoP-Nonce", "WWW-Authenticate")
        .SetPreflightMaxAge(PreflightKept)
        .Build();

    private bool IsOfPublicClient(string origin)
    {
        foreach (var client in clients.All)
        {
            if (client.IsPublic && client.RedirectUris.Any(redirect => IsOrigin(origin, redirect)))
            {
                return true;
            }
        }

        return false;
    }

    // RFC 6454 section 6.2: the serialization of an origin is how the address begins, up to its path.
    private static bool IsOrigin(string origin, string address) =>
        address.StartsWith(origin, StringComparison.OrdinalIgnoreCase) &&
        (address.Length == origin.Length || address[origin.Length] is '/' or '?') &&
        origin.IndexOf('/', "https://".Length) < 0;
}
