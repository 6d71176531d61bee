using System.Text.Json;
using System.Threading.Channels;

namespace Platform.IdP.Ciba;

/// <summary>
/// Tells clients in ping mode that a decision was made (CIBA Core section 10.2). A notification that does not arrive is
/// tried again a few times only: clients in ping mode may poll as well (section 10.1).
/// </summary>
internal sealed partial class PingSender(
    OutboundClient outbound, ClientRegistry clients, TimeProvider clock, ILogger<PingSender> logger) : BackgroundService
{
    private const int MostWaiting = 1000;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    private readonly Channel<CrossDeviceRequest> _waiting = Channel.CreateBounded<CrossDeviceRequest>(MostWaiting);

    public void Send(CrossDeviceRequest request)
    {
        if (request.Ping is not null && !_waiting.Writer.TryWrite(request))
        {
            LogDropped(request.ClientId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A client that does not answer must not hold up the others.
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(_waiting.Reader.ReadAllAsync(stoppingToken), options, SendAsync);
    }

    private async ValueTask SendAsync(CrossDeviceRequest request, CancellationToken cancellationToken)
    {
        if (request.Ping is not { } ping || clients.Find(request.ClientId)?.BackchannelNotificationEndpoint is not { } endpoint)
        {
            return;
        }

        var body = JsonSerializer.Serialize(new PingBody(ping.AuthReqId), PingJson.Default.PingBody);
        for (var attempt = 0; ; attempt++)
        {
            var answer = await outbound.PostJsonAsync(endpoint, body, ping.Token, cancellationToken);
            if (answer is OutboundAnswer.Ok)
            {
                LogSent(request.ClientId);
                return;
            }

            // A redirect or a refusal is an answer; only what may pass by itself is tried again.
            if (answer is OutboundAnswer.Refused { Status: < 500 } || attempt == Pauses.Length)
            {
                LogFailed(request.ClientId, attempt + 1);
                return;
            }

            await Task.Delay(Pauses[attempt], clock, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "{ClientId} was told of a decision.")]
    private partial void LogSent(string clientId);

    [LoggerMessage(LogLevel.Warning, "{ClientId} could not be told of a decision; attempts: {Attempts}.")]
    private partial void LogFailed(string clientId, int attempts);

    [LoggerMessage(LogLevel.Warning, "{ClientId} is not told of a decision: too many notifications wait.")]
    private partial void LogDropped(string clientId);
}
