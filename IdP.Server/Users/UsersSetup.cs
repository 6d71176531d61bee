using Microsoft.AspNetCore.Identity;

namespace Platform.IdP.Users;

internal static partial class UsersSetup
{
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => UserDirectory.Read(services.ConfigurationFile("users.yaml")));
        builder.Services.AddSingleton(services =>
            new WatchedFile(services.ConfigurationFile("users.yaml"), () => TakeUp(services)));
        builder.Services.AddSingleton<KnownUsers>();
        builder.Services.AddSingleton<UserChangeEvents>();
        builder.Services.AddHostedService<UserChanges>();
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddSingleton<PasswordVerifier>();
        builder.Services.AddSingleton(new StartPrerequisite(Check));
    }

    private static string TakeUp(IServiceProvider services)
    {
        var users = services.GetRequiredService<UserDirectory>();
        users.Replace(UserDirectory.ReadAll(services.ConfigurationFile("users.yaml")));
        Check(services);
        return $"{users.All.Count} people";
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
