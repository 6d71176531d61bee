using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Testing;

/// <summary>An application in a test: how its builder differs from one that a person runs.</summary>
internal abstract class TestedApplication(
    Assembly? appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : Interception
{
    /// <summary>Free ports, no dashboard, resources' output to the loggers, and what the AppHost's first launch profile sets.</summary>
    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([new("DcpPublisher:RandomizePorts", "true")]);
        if (FirstProfile() is var (name, profile))
        {
            configuration.AddInMemoryCollection(profile.EnvironmentVariables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
            configuration.AddInMemoryCollection([new("DOTNET_LAUNCH_PROFILE", name)]);
            settings.EnvironmentName = profile.EnvironmentVariables.GetValueOrDefault("DOTNET_ENVIRONMENT");
        }

        settings.Configuration = configuration;
        options.AssemblyName ??= appHost?.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        configure(options, settings);
    }

    /// <summary>Lets the application be built, and waits for it.</summary>
    public abstract Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken);

    /// <summary>It is not going to be built any more.</summary>
    public abstract void Abandon();

    /// <summary>A test adds the loggers that it wants.</summary>
    protected static void Quieten(DistributedApplicationBuilder builder) =>
        builder.Services.AddLogging(logging => logging.ClearProviders());

    private (string Name, LaunchProfile Profile)? FirstProfile()
    {
        if (DistributedApplicationBuilder.ProjectDirectory(appHost) is not { } directory)
        {
            return null;
        }

        var project = Path.Combine(directory, "AppHost.csproj");
        return LaunchProfiles.Choose(LaunchProfiles.Read(project), null, null, project);
    }
}
