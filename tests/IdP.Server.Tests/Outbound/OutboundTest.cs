using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.IdP.Outbound;
using Platform.IdP.Tests.Running;
using Platform.Testing;

namespace Platform.IdP.Tests.Outbound;

/// <summary>A web server of a client, and the server's way to it.</summary>
public abstract class OutboundTest : IAsyncLifetime
{
    private protected ManualClock Clock { get; } = new();

    private protected ClientHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ClientHost.StartAsync(http => http.Response.WriteAsync("hello"));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Host.DisposeAsync();
    }

    private protected static Task<OutboundAnswer> GetAsync(OutboundClient client, string address) =>
        client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

    private protected static async Task RefusesAsync(OutboundClient client, string address, string reason) =>
        Assert.Contains(reason, Assert.IsType<OutboundAnswer.Refused>(await GetAsync(client, address)).Reason, StringComparison.Ordinal);

    private protected OutboundClient NewClient(HttpMessageHandler handler) =>
        new(handler, Options.Create(new OutboundOptions()), allowsPlainHttp: true, Clock, NullLogger<OutboundClient>.Instance);

    private protected OutboundClient NewClient(
        string[] allowed, bool isDevelopment = false, int maxBytes = 256 * 1024, string? caFile = "of the host",
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var options = new OutboundOptions { CaFile = caFile is null ? null : Host.CaFile, MaxBytes = maxBytes };
        foreach (var host in allowed)
        {
            options.AllowedHosts.Add(host);
        }

        var handler = OutboundSetup.NewHandler(options, isDevelopment, resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
        return new OutboundClient(handler, Options.Create(options), isDevelopment, Clock, NullLogger<OutboundClient>.Instance);
    }
}
