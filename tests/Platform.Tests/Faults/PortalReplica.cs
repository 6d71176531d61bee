using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

/// <summary>One replica of the BFF, asked past the address that all of them share.</summary>
internal sealed partial class PortalReplica : IDisposable
{
    private const string Resource = "bff";
    private const int Replicas = 2;

    private readonly HttpClient _http;

    private PortalReplica(string portal, int port) => _http = new HttpClient(new SocketsHttpHandler
    {
        UseCookies = false,
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

    /// <summary>All replicas, as soon as all of them are healthy.</summary>
    public static async Task<IReadOnlyList<PortalReplica>> AllAsync(RunningTopology topology, CancellationToken cancellationToken)
    {
        var ports = new Dictionary<string, int>();
        await foreach (var seen in topology.App.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (seen.Resource.Name == Resource)
            {
                ports.Remove(seen.ResourceId);
                if (seen.Snapshot.HealthStatus is Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)
                {
                    ports.Add(seen.ResourceId, PortOf(seen.Snapshot));
                }
            }

            if (ports.Count == Replicas)
            {
                break;
            }
        }

        return [.. ports.Values.Select(port => new PortalReplica(topology.Portal, port))];
    }

    /// <summary>The one of a resource that has one only.</summary>
    public static PortalReplica Of(RunningTopology topology, string resource) =>
        new(topology.Portal, topology.App.GetEndpoint(resource, "https").Port);

    /// <summary>What <c>/health</c> says of it.</summary>
    public Task<string> HealthAsync(CancellationToken cancellationToken) => _http.GetStringAsync("/health", cancellationToken);

    /// <summary>What <c>/auth/session</c> answers to the browser with this cookie, once Redis can be asked.</summary>
    public async Task<HttpStatusCode> StatusAsync(string handle, CancellationToken cancellationToken)
    {
        var status = HttpStatusCode.ServiceUnavailable;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/session?slide=false")
                {
                    Headers = { { "X-CSRF", "1" }, { "Cookie", $"__Host-bff={handle}" } },
                };
                using var response = await _http.SendAsync(request, cancellationToken);
                status = response.StatusCode;
                return status is not HttpStatusCode.ServiceUnavailable;
            },
            cancellationToken);
        return status;
    }

    public void Dispose() => _http.Dispose();

    private static int PortOf(CustomResourceSnapshot snapshot)
    {
        var urls = snapshot.EnvironmentVariables.Single(variable => variable.Name == "ASPNETCORE_URLS").Value;
        return new Uri(Https().Match(urls!).Value).Port;
    }

    [GeneratedRegex("https://[^;]+")]
    private static partial Regex Https();
}
