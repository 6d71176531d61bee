namespace Platform.IdP.Signals.Streams;

/// <summary>The streams that an event goes to.</summary>
internal sealed class StreamDestinations(
    StreamStore streams, StreamSubject subjects, StreamSubjects exceptions, StreamSignals signals)
    : IEventDestinations
{
    public async ValueTask<IReadOnlyList<string>> FindAsync(SecurityEvent raised, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var stream in await streams.ListAsync())
        {
            // Paused: held. Disabled: dropped (SSF 1.0 section 8.1.2.1). A receiver that is not known may have been registered at
            // another replica a moment ago: held, until its stream goes.
            if (stream.Status != StreamStatus.Disabled && stream.Delivers(raised.Type) &&
                await exceptions.IncludesAsync(stream, subjects.Participants(stream, raised.Subject)))
            {
                found.Add(StreamQueue.NameOf(stream.Id));
            }
        }

        return found;
    }

    public void Wake(string destination) => signals.Wake(StreamQueue.StreamOf(destination)!);
}
