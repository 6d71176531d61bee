using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing;
using Platform.Testing.Secrets;

namespace Platform.Tests.Topology;

/// <summary>The real AppHost with all its resources, on free ports, with data of its own.</summary>
public sealed class RunningTopology : IAsyncDisposable
{
    private static readonly string[] Services = ["bff", "caep", "contacts-api", "spa", "idp"];
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _data;

    private RunningTopology(DistributedApplication app, string adminSecret, DirectoryInfo data)
    {
        _data = data;
        App = app;
        AdministratorSecret = adminSecret;
        Secrets.Add(adminSecret);
        Secrets.Add(User.Ada.Password);
        Secrets.Add(User.Grace.Password);
        Administrator = new Administrator(app.CreateHttpClient("idp"), adminSecret);
    }

    public DistributedApplication App { get; }

    /// <summary>What the services keep; gone at the end.</summary>
    public string DataFolder => _data.FullName;

    /// <summary>Revokes sessions through the IdP's administrator endpoint.</summary>
    public Administrator Administrator { get; }

    public string AdministratorSecret { get; }

    /// <summary>What stands in no console of the topology and in no telemetry of it.</summary>
    public KnownSecrets Secrets { get; } = new();

    /// <summary>The portal's address, as the browser sees it; no trailing slash.</summary>
    public string Portal => App.GetEndpoint("bff").GetLeftPart(UriPartial.Authority);

    /// <summary>The issuer's identifier; no trailing slash.</summary>
    public string Issuer => App.GetEndpoint("idp").GetLeftPart(UriPartial.Authority);

    /// <summary>Starts the topology; <paramref name="args"/> are the AppHost's, for example <c>--Hosting:Redis=garnet</c>.</summary>
    public static Task<RunningTopology> StartAsync(params string[] args) => StartAsync(dashboard: false, args);

    /// <summary>Starts the topology after a change of its resources.</summary>
    public static Task<RunningTopology> StartAsync(Action<IDistributedApplicationTestingBuilder> change, params string[] args) =>
        StartAsync(dashboard: false, change, args);

    /// <summary>Starts the topology, with Aspire's dashboard if asked.</summary>
    public static Task<RunningTopology> StartAsync(bool dashboard, params string[] args) =>
        StartAsync(dashboard, _ => { }, args);

    private static async Task<RunningTopology> StartAsync(
        bool dashboard, Action<IDistributedApplicationTestingBuilder> change, string[] args)
    {
        var adminSecret = RandomNumberGenerator.GetHexString(48);
        var data = Directory.CreateTempSubdirectory("topology-");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(StartsWithin);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Parameters:admin-client-secret={adminSecret}", $"--DataFolder={data.FullName}", .. args],
            (options, _) => options.DisableDashboard = !dashboard,
            patience.Token);
        change(builder);
        var app = await builder.BuildAsync(patience.Token);
        try
        {
            await app.StartAsync(patience.Token);
            foreach (var resource in Services)
            {
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, patience.Token);
            }
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new RunningTopology(app, adminSecret, data);
    }

    /// <summary>The id of the process of one instance of a resource, as the topology knows it.</summary>
    public async Task<int> ProcessIdOfAsync(string resource, CancellationToken cancellationToken)
    {
        const string Pid = "executable.pid";
        var instance = await App.ResourceNotifications.WaitForResourceAsync(
            resource, seen => seen.Snapshot.Properties.Any(property => property.Name == Pid), cancellationToken);
        var pid = instance.Snapshot.Properties.Single(property => property.Name == Pid).Value;
        return Convert.ToInt32(pid, CultureInfo.InvariantCulture);
    }

    /// <summary>Kills one instance of a resource, which the topology starts again; answers when the process is gone.</summary>
    public async Task<int> KillAsync(string resource, CancellationToken cancellationToken)
    {
        var id = await ProcessIdOfAsync(resource, cancellationToken);
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        return id;
    }

    /// <summary>Waits until the resource has another process than the one that was killed.</summary>
    public Task IsRestartedAsync(string resource, int killed, CancellationToken cancellationToken) =>
        Eventually.BecomesTrueAsync(
            async () => await ProcessIdOfAsync(resource, cancellationToken) != killed, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        var lines = await ConsolesAsync();
        await App.DisposeAsync();
        _data.Delete(recursive: true);
        Assert.NotEmpty(lines);
        Secrets.EnsureAbsent(lines, "the console logs of the topology");
    }

    private async Task<IReadOnlyList<string>> ConsolesAsync()
    {
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        var lines = new List<string>();
        foreach (var service in Services)
        {
            await foreach (var batch in logs.GetAllAsync(service))
            {
                lines.AddRange(batch.Select(line => line.Content));
            }
        }

        return lines;
    }
}
