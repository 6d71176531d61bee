namespace Platform.Doctor.Evidence;

/// <summary>What came of a question.</summary>
internal abstract record Answer<T>
{
    private Answer() { }

    public sealed record Given(T Value) : Answer<T>;

    /// <param name="What">Who did not answer, and how.</param>
    /// <param name="Fix">What to do.</param>
    public sealed record Silent(string What, string Cause, string Fix) : Answer<T>;

    /// <summary>Nobody was asked, because of what did not come before.</summary>
    /// <param name="Why">What that was.</param>
    public sealed record Unasked(string Why) : Answer<T>;

    /// <summary>A part of the answer; of one that is not there, why it is not there.</summary>
    public Answer<TPart> Select<TPart>(Func<T, TPart> part) => this switch
    {
        Given given => new Answer<TPart>.Given(part(given.Value)),
        _ => new Answer<TPart>.Unasked(WhyNot!),
    };

    /// <summary>Null for one that is there.</summary>
    public string? WhyNot => this switch
    {
        Silent silent => silent.What,
        Unasked unasked => unasked.Why,
        _ => null,
    };
}
