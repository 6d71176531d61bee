using System.Text.Json;
using System.Threading.Channels;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Kafka;

namespace Platform.IdP.Tests.Running;

/// <summary>Stands for Kafka: keeps what it is given, and can be away.</summary>
internal sealed class RecordingTopic : IEventTopic
{
    private readonly Channel<SignedEvent> _entries = Channel.CreateUnbounded<SignedEvent>();
    private readonly Channel<bool> _refusals = Channel.CreateUnbounded<bool>();

    public bool IsAway { get; set; }

    public ChannelReader<SignedEvent> Entries => _entries.Reader;

    /// <summary>One for each attempt while it was away.</summary>
    public ChannelReader<bool> Refusals => _refusals.Reader;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The claims of the next SET of this type about this user; what comes before it is taken away.</summary>
    /// <param name="type">The last segment of the event's URI.</param>
    public async Task<JsonElement> NextAsync(string type, string subject)
    {
        while (true)
        {
            var claims = Portal.Claims((await Entries.ReadAsync(TestContext.Current.CancellationToken)).Token);
            if (claims.Event().Name.EndsWith("/" + type, StringComparison.Ordinal) &&
                claims.GetProperty("sub_id").GetRawText().Contains(subject, StringComparison.Ordinal))
            {
                return claims;
            }
        }
    }

    public Task PublishAsync(SignedEvent signed, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            _refusals.Writer.TryWrite(true);
            throw new EventTopicUnavailableException("Kafka is away", new IOException());
        }

        _entries.Writer.TryWrite(signed);
        return Task.CompletedTask;
    }
}

internal static class EventClaims
{
    /// <summary>The one event of a SET.</summary>
    public static JsonProperty Event(this JsonElement claims) => claims.GetProperty("events").EnumerateObject().Single();

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();
}
