namespace Platform.IdP.Logout;

internal static class LogoutSetup
{
    public static void AddLogout(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LogoutRequestStore>();
        builder.Services.AddSingleton(new LanguageSource(async (services, id) =>
            (await services.GetRequiredService<LogoutRequestStore>().FindAsync(id))?.UiLocales));
        builder.Services.AddSingleton<LogoutValidator>();
        builder.Services.AddSingleton<LogoutFlow>();
        builder.Services.AddSingleton<SessionClients>();
        builder.Services.AddSingleton<LogoutTokens>();
        builder.Services.AddNotifications<LogoutNotification, LogoutQueue, BackchannelLogout>();
        builder.Services.AddSingleton<FrontchannelLogout>();

        // Back-Channel Logout 1.0 section 2.1, Front-Channel Logout 1.0 section 3: ID tokens have a sid.
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
        {
            metadata["backchannel_logout_supported"] = true;
            metadata["backchannel_logout_session_supported"] = true;
            metadata["frontchannel_logout_supported"] = true;
            metadata["frontchannel_logout_session_supported"] = true;
        }));
    }
}
