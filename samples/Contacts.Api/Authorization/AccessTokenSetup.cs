using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;
using Platform.Tokens.DPoP;
using Platform.Tokens.Introspection;
using Platform.Tokens.ResourceRequests;

namespace Platform.Contacts.Authorization;

internal static class AccessTokenSetup
{
    private const string ProviderHttp = "oidc";

    public static void AddAccessTokens(this IHostApplicationBuilder builder)
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
        services.AddSingleton<ProofIds>();

        services.AddAuthentication(AccessTokenHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(
                AccessTokenHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policies.ReadContacts, policy => policy
            .RequireAuthenticatedUser()
            .RequireClaim(AccessTokenPrincipal.ScopeClaim, Policies.ReadContacts));
    }

    private static ResourceRequestValidator CreateValidator(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OidcOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(ProviderHttp);
        var provider = new ProviderClient(http, options.Issuer, clock);
        var rules = new AccessTokenRules(options.Issuer, options.Audience, options.ClockSkew);
        IAccessTokenValidator tokens = options.Introspection is { } asks
            ? new IntrospectionValidator(http, provider, new(asks.ClientId, asks.ClientSecret), rules, clock)
            : new AccessTokenValidator(provider, rules, clock);
        return new ResourceRequestValidator(tokens, DPoPRules.Default, clock);
    }
}
