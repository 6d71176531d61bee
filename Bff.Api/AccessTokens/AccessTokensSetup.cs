using Microsoft.Extensions.Options;
using Platform.Bff.AccessTokens.Grants;
using Platform.Bff.AccessTokens.Sources;

namespace Platform.Bff.AccessTokens;

internal static class AccessTokensSetup
{
    public static void AddAccessTokens(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessTokenOptions>().BindConfiguration(AccessTokenOptions.Section)
            .Validate(
                tokens => tokens.RefreshBefore >= TimeSpan.Zero && tokens.RefreshBefore <= TimeSpan.FromMinutes(10),
                "Bff:AccessTokens:RefreshBefore must lie between 00:00:00 and 00:10:00.")
            .ValidateOnStart();
        services.AddOptions<ApiKeys>().BindConfiguration(ApiKeys.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiKeys>, ApiKeysValidator>();
        services.AddOptions<IdentityHeaderOptions>().BindConfiguration(IdentityHeaderOptions.Section);

        services.AddSingleton<TokenRequests>();
        services.AddSingleton<TokenLog>();
        services.AddSingleton<SignedAssertions>();
        services.AddSingleton<RefreshedClaims>();
        services.AddSingleton<SessionAccessTokens>();
        services.AddSingleton<ClientAccessTokens>();
        services.AddSingleton<TokenSources>();
    }
}
