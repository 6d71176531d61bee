namespace Platform.Caep.Events;

/// <summary>Where an event that was accepted becomes what happens.</summary>
internal interface IEventEffects
{
    Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken);
}
