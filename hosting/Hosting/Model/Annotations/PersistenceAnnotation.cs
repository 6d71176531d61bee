namespace Aspire.Hosting.ApplicationModel;

/// <summary>Redis writes its data down after so long, when at least so many keys changed.</summary>
internal sealed class PersistenceAnnotation(TimeSpan? interval, long keysChangedThreshold) : IResourceAnnotation
{
    public TimeSpan? Interval { get; } = interval;

    public long KeysChangedThreshold { get; } = keysChangedThreshold;
}
