namespace Platform.IdP.Users;

internal static partial class UsersSetup
{
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => UserDirectory.Read(services.ConfigurationFile("users.yaml")));
        builder.Services.AddSingleton<PasswordVerifier>();
        builder.Services.AddSingleton(new StartPrerequisite(Check));
    }

    private static void Check(IServiceProvider services)
    {
        var demo = services.GetRequiredService<UserDirectory>().DemoUserNames.ToList();
        if (demo.Count > 0 && !services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            LogDemoUsers(services.GetRequiredService<ILogger<UserDirectory>>(), string.Join(", ", demo));
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "DEMO USERS ARE ACTIVE outside Development: {UserNames}. Their passwords are public: replace config/users.yaml.")]
    private static partial void LogDemoUsers(ILogger logger, string userNames);
}
