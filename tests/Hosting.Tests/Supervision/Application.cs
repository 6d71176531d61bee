using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>A small application of shell commands.</summary>
internal sealed class Application : IAsyncDisposable
{
    private DistributedApplication? _running;

    public Application(params string[] args) : this(args, dashboard: false)
    {
    }

    public Application(string[] args, bool dashboard) => Builder = DistributedApplicationTestingBuilder.Create(
        ["--Hosting:RestartDelay=0.05", .. args], (options, _) => options.DisableDashboard = !dashboard);

    public IDistributedApplicationTestingBuilder Builder { get; }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("platform-test-");

    public DistributedApplication Running => _running ?? throw new InvalidOperationException("Start it first.");

    public ResourceNotificationService States => Running.ResourceNotifications;

    public IResourceBuilder<ExecutableResource> AddShell(string name, string script) =>
        Builder.AddExecutable(name, "sh", Folder.FullName, "-c", script);

    public async Task<Application> StartAsync()
    {
        await StartingAsync();
        return this;
    }

    /// <summary>The start itself, for who wants to see it fail or wait.</summary>
    public async Task StartingAsync()
    {
        _running ??= await Builder.BuildAsync(Deadline.Token);
        await _running.StartAsync(Deadline.Token);
    }

    /// <summary>While it starts, too.</summary>
    public async Task WaitForStateAsync(string name, string state) =>
        await (_running ??= await Builder.BuildAsync(Deadline.Token)).ResourceNotifications.WaitForResourceAsync(name, state, Deadline.Token);

    /// <summary>The state of the only instance of a resource.</summary>
    public ResourceEvent StateOf(string name) => States.StatesOf(Builder.Resources.Single(resource => resource.Name == name)).Single();

    public string? TextOf(string name) => StateOf(name).Snapshot.State?.Text;

    public string AddressOf(string name, string endpoint) =>
        ((IResourceWithEndpoints)Builder.Resources.Single(resource => resource.Name == name)).GetEndpoint(endpoint).Url;

    public int ProcessIdOf(string name) =>
        (int)StateOf(name).Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

    public async Task<string> WaitForLineAsync(string name, string line)
    {
        await foreach (var lines in Running.Services.GetService<ResourceLoggerService>().WatchEntriesAsync(name, Deadline.Token))
        {
            if (lines.FirstOrDefault(entry => entry.Text.Contains(line, StringComparison.Ordinal)) is { Text: { } found })
            {
                return found;
            }
        }

        throw new InvalidOperationException($"'{name}' ended without saying '{line}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await Builder.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}

internal static class ServiceProviderExtensions
{
    public static T GetService<T>(this IServiceProvider services) where T : class => (T)services.GetService(typeof(T))!;
}
