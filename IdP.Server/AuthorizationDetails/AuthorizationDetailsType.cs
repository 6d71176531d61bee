namespace Platform.IdP.AuthorizationDetails;

/// <summary>A type of authorization details (RFC 9396 section 2): what an object of it may hold, and how people read it.</summary>
internal sealed record AuthorizationDetailsType
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The resource servers that understand it; empty: whatever <c>locations</c> says.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>Whether an object may have fields that are not listed.</summary>
    public bool TakesAnyField { get; init; }

    public IReadOnlyList<AuthorizationDetailsField> Fields { get; init; } = [];
}

/// <param name="Values">The texts that are allowed, alone or in an array; empty: anything.</param>
internal sealed record AuthorizationDetailsField(string Name, string Title, bool IsRequired, IReadOnlyList<string> Values);
