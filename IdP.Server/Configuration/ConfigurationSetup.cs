using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Configuration;

internal static partial class ConfigurationSetup
{
    public static void AddIdpConfiguration(this WebApplicationBuilder builder)
    {
        SeedVariables.Apply(builder.Configuration);
        builder.Services.AddOptions<IdpOptions>().BindConfiguration(IdpOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<IdpOptions>, IdpOptionsValidator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<ConfigurationReload>();
        builder.AddRedisClient("cache");
    }

    /// <summary>The file of that name in the configuration folder.</summary>
    public static ConfigurationFile ConfigurationFile(this IServiceProvider services, string name)
    {
        var root = services.GetRequiredService<IHostEnvironment>().ContentRootPath;
        var folder = services.GetRequiredService<IOptions<IdpOptions>>().Value.ConfigFolder;
        return new ConfigurationFile(
            Path.Combine(root, folder, name), services.GetRequiredService<IConfiguration>());
    }

    /// <summary>Reads all that the start depends on, then serves. What is wrong is said in one sentence.</summary>
    public static int RunWhenConfigured(this WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            foreach (var prerequisite in app.Services.GetServices<StartPrerequisite>())
            {
                prerequisite.Load(app.Services);
            }
        }
        catch (Exception fault) when (fault is ConfigurationFileException or OptionsValidationException)
        {
            LogCannotStart(app.Logger, fault.Message);
            ((IDisposable)app).Dispose();
            return 1;
        }

        app.Run();
        return 0;
    }

    [LoggerMessage(LogLevel.Critical, "Cannot start: {Fault}")]
    private static partial void LogCannotStart(ILogger logger, string fault);
}

/// <summary>Something that must load before the first request; registered by the feature that owns it.</summary>
internal sealed record StartPrerequisite(Action<IServiceProvider> Load);
