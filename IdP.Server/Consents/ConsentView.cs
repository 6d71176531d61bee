namespace Platform.IdP.Consents;

/// <summary>What the consent page shows; public, because generated components are.</summary>
public sealed record ConsentView(string Request, string Session, string ClientName, string PersonName, string FormToken)
{
    public ClientAbout About { get; init; } = new();

    /// <summary>What is asked for and was not allowed before.</summary>
    public IReadOnlyList<ConsentItem> Asked { get; init; } = [];

    /// <summary>What was allowed before.</summary>
    public IReadOnlyList<ConsentItem> Known { get; init; } = [];

    public IReadOnlyList<ConsentDetail> Details { get; init; } = [];
}

/// <param name="Text">The scope or claim in plain words.</param>
public sealed record ConsentItem(string Name, string Text);

/// <summary>One element of authorization_details (RFC 9396), in a title and its members.</summary>
public sealed record ConsentDetail(
    string Title, string? Description, IReadOnlyList<KeyValuePair<string, string>> Members);
