using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;

namespace Platform.Contacts.Authorization;

internal static class BearerSetup
{
    private const string ProviderHttp = "oidc";

    public static void AddBearerTokens(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OidcOptions>().BindConfiguration(OidcOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);

        // The client lives as long as the process, so its connections are renewed instead of its handlers.
        services.AddHttpClient(ProviderHttp)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(CreateValidator);

        services.AddAuthentication(BearerTokenHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(
                BearerTokenHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policies.ReadContacts, policy => policy
            .RequireAuthenticatedUser()
            .RequireClaim(AccessTokenPrincipal.ScopeClaim, Policies.ReadContacts));
    }

    private static AccessTokenValidator CreateValidator(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OidcOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(ProviderHttp);
        return new AccessTokenValidator(
            new ProviderClient(http, options.Issuer, clock),
            new AccessTokenRules(options.Issuer, options.Audience, options.ClockSkew),
            clock);
    }
}
