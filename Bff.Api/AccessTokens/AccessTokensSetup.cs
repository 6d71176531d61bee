namespace Platform.Bff.AccessTokens;

internal static class AccessTokensSetup
{
    public static void AddAccessTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AccessTokenOptions>().BindConfiguration(AccessTokenOptions.Section)
            .Validate(
                tokens => tokens.RefreshBefore >= TimeSpan.Zero && tokens.RefreshBefore <= TimeSpan.FromMinutes(10),
                "Bff:AccessTokens:RefreshBefore must lie between 00:00:00 and 00:10:00.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RefreshGrant>();
        builder.Services.AddSingleton<SessionAccessTokens>();
    }
}
