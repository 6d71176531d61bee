using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Platform.Benchmarks.Pipeline;

/// <summary>One replica of the BFF, asked past the address that all of them share, over one connection.</summary>
internal sealed class Replica : IDisposable
{
    private const string Resource = "bff";

    private readonly HttpClient _http;

    private Replica(string portal, int port) => _http = new HttpClient(new SocketsHttpHandler
    {
        UseCookies = false,
        ActivityHeadersPropagator = null,
        // The development certificate, which this machine need not trust.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject is "CN=localhost" },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("localhost", port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri(portal),
    };

    public static async Task<IReadOnlyList<Replica>> AllAsync(PipelineTopology topology, int count, CancellationToken cancellationToken)
    {
        var portal = topology.App.GetEndpoint(Resource, "https").GetLeftPart(UriPartial.Authority);
        var replicas = new Dictionary<string, Replica>();
        await foreach (var seen in topology.App.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (seen.Resource.Name == Resource && PortOf(seen.Snapshot) is { } port)
            {
                replicas.TryAdd(seen.ResourceId, new Replica(portal, port));
            }

            if (replicas.Count == count)
            {
                break;
            }
        }

        return [.. replicas.Values];
    }

    /// <summary>Asks until the session is not accepted any more; when that was.</summary>
    public async Task<long> RefusesAsync(string handle, CancellationToken cancellationToken)
    {
        while (await StatusAsync(handle, cancellationToken) is not HttpStatusCode.Unauthorized)
        {
            // Every millisecond: what asks all the time takes the processor from what is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetTimestamp();
    }

    public async Task AcceptsAsync(string handle, CancellationToken cancellationToken)
    {
        if (await StatusAsync(handle, cancellationToken) is not HttpStatusCode.OK and var status)
        {
            throw new InvalidDataException($"A session that should be alive is answered with {status}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode> StatusAsync(string handle, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/session?slide=false")
        {
            Headers = { { "X-CSRF", "1" }, { "Cookie", $"__Host-bff={handle}" } },
        };
        using var response = await _http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private static int? PortOf(CustomResourceSnapshot snapshot) => snapshot.EnvironmentVariables
        .FirstOrDefault(variable => variable.Name == "ASPNETCORE_URLS")?.Value?.Split(';')
        .Where(url => url.StartsWith("https:", StringComparison.Ordinal)).Select(url => (int?)new Uri(url).Port).FirstOrDefault();
}
