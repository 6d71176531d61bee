using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.IdP.Tests.Running;

/// <summary>
/// A web server of a client, over HTTPS on a free port of this machine: what the provider fetches from and posts to.
/// Trusted by Idp:Outbound:CaFile = <see cref="CaFile"/>.
/// </summary>
internal sealed class ClientHost : IAsyncDisposable
{
    private readonly TestCertificate _certificate = new("localhost");
    private readonly WebApplication _app;
    private int _requests;

    private ClientHost(Func<HttpContext, Task> answer)
    {
        Answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificate.WithKey() })));
        builder.WebHost.UseKestrelHttpsConfiguration();
        _app = builder.Build();
        _app.Run(http =>
        {
            Interlocked.Increment(ref _requests);
            return Answer(http);
        });
    }

    /// <summary>What it does with a request; may be changed at any time.</summary>
    public Func<HttpContext, Task> Answer { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public string CaFile => _certificate.CertificatePath;

    /// <summary>Without a slash at the end.</summary>
    public string Origin { get; private set; } = "";

    public static async Task<ClientHost> StartAsync(Func<HttpContext, Task> answer)
    {
        var host = new ClientHost(answer);
        await host._app.StartAsync();
        var addresses = host._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        host.Origin = $"https://localhost:{new Uri(addresses.Addresses.Single()).Port}";
        return host;
    }

    /// <summary>Answers nothing more until the caller gives up.</summary>
    public static async Task HangAsync(HttpContext http)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
