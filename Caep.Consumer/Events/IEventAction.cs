using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Events;

/// <summary>What one type of event does.</summary>
internal interface IEventAction
{
    string EventType { get; }

    Task<EventOutcome> ApplyAsync(SecurityEventToken token, CancellationToken cancellationToken);
}
