namespace Platform.IdP.Logout;

internal static class LogoutSetup
{
    public static void AddLogout(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LogoutRequestStore>();
        builder.Services.AddSingleton<LogoutValidator>();
        builder.Services.AddSingleton<LogoutFlow>();
    }
}
