using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Defence;
using Platform.Tokens.Discovery;
using Platform.Tokens.LogoutTokens;

namespace Platform.Bff.Logout;

internal static class LogoutSetup
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const int LargestToken = 32 * 1024;

    public static void AddLogout(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Validator);
        builder.Services.AddSingleton<RefreshTokenRevocation>();
        builder.Services.AddSingleton<LogoutEndpoints>();
        builder.Services.AddSingleton<BackchannelLogout>();
        builder.Services.AddSingleton<FrontchannelLogout>();
    }

    public static void MapLogout(this IEndpointRouteBuilder auth)
    {
        var services = auth.ServiceProvider;
        auth.MapPost("/logout", services.GetRequiredService<LogoutEndpoints>().Logout);
        auth.MapPost("/backchannel-logout", services.GetRequiredService<BackchannelLogout>().Logout)
            .WithMetadata(CallPolicy.Server, new RequestSizeLimitAttribute(LargestToken));
        auth.MapGet("/frontchannel-logout", services.GetRequiredService<FrontchannelLogout>().Logout)
            .WithMetadata(CallPolicy.Frame);
    }

    private static LogoutTokenValidator Validator(IServiceProvider services)
    {
        var oidc = services.GetRequiredService<IOptions<OidcOptions>>().Value;
        return new LogoutTokenValidator(
            services.GetRequiredService<ProviderClient>(),
            new LogoutTokenRules(oidc.Issuer, oidc.ClientId, ClockSkew),
            services.GetRequiredService<TimeProvider>());
    }
}
