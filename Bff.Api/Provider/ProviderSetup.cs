using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Tokens.Discovery;
using Platform.Tokens.IdTokens;

namespace Platform.Bff.Provider;

internal static class ProviderSetup
{
    private const string Documents = "provider";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static void AddProvider(this WebApplicationBuilder builder)
    {
        // Codes and pushed requests work once: what was sent must not be sent again by a resilience handler.
        builder.Services.AddHttpClient(ProviderForms.Client, Configure)
            .UseSocketsHttpHandler((handler, _) => Configure(handler))
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
        builder.Services.AddHttpClient(Documents, Configure)
            .UseSocketsHttpHandler((handler, _) => Configure(handler));

        builder.Services.AddSingleton(services => new ProviderClient(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(Documents),
            Oidc(services).Issuer,
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new IdTokenValidator(
            services.GetRequiredService<ProviderClient>(),
            new IdTokenRules(Oidc(services).Issuer, Oidc(services).ClientId, ClockSkew),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ProviderForms>();
        builder.Services.AddSingleton<PushedRequests>();
        builder.Services.AddSingleton<CodeRedemption>();
    }

    private static OidcOptions Oidc(IServiceProvider services) =>
        services.GetRequiredService<IOptions<OidcOptions>>().Value;

    private static void Configure(HttpClient http)
    {
        http.Timeout = TimeSpan.FromSeconds(10);
        http.MaxResponseContentBufferSize = 256 * 1024;
    }

    // Only the endpoints that the metadata names are called (FAPI 2.0 section 5.3.3): redirects are not followed.
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(3);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
