namespace Platform.IdP.Signals;

/// <summary>Which events are raised, section <c>Signals</c>.</summary>
internal sealed class SignalsOptions
{
    public const string Section = "Signals";

    /// <summary>One for each sign-in.</summary>
    public RaisedTo SessionEstablished { get; set; } = RaisedTo.Streams;

    /// <summary>One each time that a client gets a code because the person is signed in already.</summary>
    public RaisedTo SessionPresented { get; set; } = RaisedTo.Streams;

    /// <summary>What the levels of assurance-level-change are values of: those are the provider's own acr values.</summary>
    public string AssuranceNamespace { get; set; } = "urn:platform:acr";
}

/// <summary>How far an event goes that happens very often.</summary>
internal enum RaisedTo
{
    /// <summary>It is not raised.</summary>
    Nobody,

    /// <summary>To the streams that ask for it.</summary>
    Streams,

    /// <summary>To Kafka as well.</summary>
    All,
}
