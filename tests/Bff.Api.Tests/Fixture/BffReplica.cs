using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Bff.Keys;

namespace Platform.Bff.Tests.Fixture;

/// <summary>The BFF itself on real Kestrel over https.</summary>
internal sealed class BffReplica : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BffReplica(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>()
        .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;

    public static async Task<BffReplica> StartAsync(
        IReadOnlyDictionary<string, string> settings, TimeProvider clock, CapturedLogs logs, string environment = "Production")
    {
        var replica = Build(settings, clock, logs, environment);
        await replica._app.StartAsync();
        return replica;
    }

    /// <summary>What <c>rotate-keys</c> does with these settings, in a process that serves nobody; its exit code.</summary>
    public static async Task<int> RotateKeysAsync(
        IReadOnlyDictionary<string, string> settings, TimeProvider clock, CapturedLogs logs)
    {
        await using var command = Build(settings, clock, logs);
        return await KeyRotationCommand.RunAsync(command._app);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static BffReplica Build(
        IReadOnlyDictionary<string, string> settings, TimeProvider clock, CapturedLogs logs, string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")],
            ApplicationName = "Platform.Bff",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = environment,
        });
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton(clock);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.Instance)));
        return new(BffHost.Build(builder));
    }
}
