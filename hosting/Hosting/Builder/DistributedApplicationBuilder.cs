using System.Reflection;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publish;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly Interception? _interception = Interception.Current;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options) : this(options, testing: false)
    {
    }

    internal DistributedApplicationBuilder(DistributedApplicationOptions options, bool testing)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The embedded engine runs on Linux and macOS: use WSL, or set HostingEngine=Aspire.");
        }

        testing |= _interception is not null;
        ExecutionContext = new(PublishArguments.Contains(options.Args) ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        var settings = new HostApplicationBuilderSettings { Args = Understood(options.Args) };
        _interception?.Constructing(options, settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? ProjectDirectory(AppHostAssembly) ?? System.Environment.CurrentDirectory;
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        settings.ContentRootPath ??= AppHostDirectory;
        _host = new HostApplicationBuilder(settings);
        Configure(testing);
        if (!options.DisableDashboard && DashboardLocation.Find(Configuration, AppHostAssembly) is DashboardLocation.Found)
        {
            // As with Aspire: whoever describes the application sees by it that there is a dashboard, and can use its API.
            Configuration["AppHost:DashboardApiKey"] ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
        }

        Services.AddEngine(this, options, testing);
        Services.AddPublisher();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(resource, this);

    public DistributedApplication Build()
    {
        _interception?.Building(this);
        var host = _host.Build();
        ExecutionContext.ServiceProvider = host.Services;
        var application = new DistributedApplication(host, intercepted: _interception is not null);
        _interception?.Built(application);
        return application;
    }

    internal static string? ProjectDirectory(Assembly? assembly) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "apphostprojectpath")?.Value;

    // A switch such as -x=1 has no meaning here; the configuration reader would stop at it.
    private static string[]? Understood(string[]? args) =>
        args is null ? null : [.. args.Where(argument => !argument.StartsWith('-') || argument.StartsWith("--", StringComparison.Ordinal))];

    private void Configure(bool testing)
    {
        if (!testing)
        {
            // Lowest in rank: whoever configures another folder, or none, has it.
            Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
            {
                InitialData = [new(DataFolders.Key, Path.Combine(AppHostDirectory, ".platform"))]
            });
        }

        // The engine says in one sentence what stops the start; the host would say it again with its stack.
        _host.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }
}
