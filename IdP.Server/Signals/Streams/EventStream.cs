using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>An event stream from this transmitter to one receiver (SSF 1.0 section 8.1.1).</summary>
/// <param name="ClientId">The receiver: the client whose access token made the stream. It is the stream's audience, too.</param>
internal sealed record EventStream(string Id, string ClientId)
{
    /// <summary>As the receiver named them; those that are not supported here are kept and ignored.</summary>
    public IReadOnlyList<string> EventsRequested { get; init; } = [];

    public required StreamDelivery Delivery { get; init; }

    public string? Description { get; init; }

    /// <summary>How people are named to the receiver: one of <see cref="SubjectFormats"/>.</summary>
    public string Format { get; init; } = SubjectFormats.IssuerSubject;

    public string Status { get; init; } = StreamStatus.Enabled;

    public string? Reason { get; init; }

    /// <summary>Whether an administrator took it out of service: the receiver cannot put it back.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether it is about everybody but the subjects listed, or about nobody but them.</summary>
    public bool HasAllSubjects { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>SSF 1.0 section 4.1.8: who is meant by the stream's SETs.</summary>
    public string Audience => ClientId;

    public bool Delivers(string eventType) => EventsRequested.Contains(eventType) && EventTypes.OfSubjects.Contains(eventType);
}

/// <summary>How the SETs reach the receiver.</summary>
/// <param name="EndpointUrl">The receiver's, for push; null for poll.</param>
/// <param name="Authorization">The header that the receiver wants to see at its endpoint, sealed.</param>
internal sealed record StreamDelivery(string Method, string? EndpointUrl = null, string? Authorization = null)
{
    /// <summary>RFC 8935.</summary>
    public const string Push = "urn:ietf:rfc:8935";

    /// <summary>RFC 8936.</summary>
    public const string Poll = "urn:ietf:rfc:8936";

    public bool IsPush => Method == Push;
}

/// <summary>SSF 1.0 section 8.1.2.1.</summary>
internal static class StreamStatus
{
    public const string Enabled = "enabled";

    /// <summary>Events are held.</summary>
    public const string Paused = "paused";

    /// <summary>Events are dropped.</summary>
    public const string Disabled = "disabled";

    public static readonly IReadOnlyList<string> All = [Enabled, Paused, Disabled];
}

/// <summary>How a stream names people.</summary>
internal static class SubjectFormats
{
    /// <summary>What every receiver of the CAEP interoperability profile understands.</summary>
    public const string IssuerSubject = "iss_sub";

    public const string Email = "email";

    /// <summary>The user and the session (its <c>sid</c>), for receivers that sign people in here.</summary>
    public const string Complex = "complex";

    public static readonly IReadOnlyList<string> All = [IssuerSubject, Email, Complex];
}
