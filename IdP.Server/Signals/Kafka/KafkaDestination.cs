using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Kafka;

/// <summary>The topic that the platform's own consumers read: it gets all events, but for those that happen very often.</summary>
internal sealed class KafkaDestination(IOptions<SignalsOptions> options) : IEventDestinations
{
    /// <summary>The destination's name, from which the jti of its SETs are made.</summary>
    public const string Name = "kafka";

    private readonly SignalsOptions _options = options.Value;

    /// <summary>Raised when an event was queued.</summary>
    public WorkSignal Signal { get; } = new();

    public ValueTask<IReadOnlyList<string>> FindAsync(SecurityEvent raised, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(IsWanted(raised.Type) ? [Name] : []);

    public void Wake(string destination) => Signal.Raise();

    private bool IsWanted(string type) => type switch
    {
        EventTypes.SessionEstablished => _options.SessionEstablished is RaisedTo.All,
        EventTypes.SessionPresented => _options.SessionPresented is RaisedTo.All,
        _ => true,
    };
}
