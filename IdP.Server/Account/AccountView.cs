namespace Platform.IdP.Account;

/// <summary>What the account page shows; public, because generated components are.</summary>
public sealed record AccountView(string Name, string UserName, string FormToken)
{
    public string? Done { get; init; }

    public IReadOnlyList<AccountNotice> Notices { get; init; } = [];

    public IReadOnlyList<SessionItem> Sessions { get; init; } = [];

    public IReadOnlyList<ClientItem> Clients { get; init; } = [];

    public DateTimeOffset? AppAddedAt { get; init; }

    public IReadOnlyList<PasskeyItem> Passkeys { get; init; } = [];

    public int RecoveryCodes { get; init; }

    public DateTimeOffset? PasswordChangedAt { get; init; }

    public bool HasSecondFactor => AppAddedAt is not null || Passkeys.Count > 0;
}

/// <summary>Something that waits for the person, such as a request to approve.</summary>
public sealed record AccountNotice(string Text, string Link, string LinkText);

public sealed record SessionItem(string Id, string Browser, string Network, DateTimeOffset SignedInAt, bool IsThis, bool IsStrong);

public sealed record ClientItem(string Id, string Name, IReadOnlyList<string> Allowed, DateTimeOffset? GivenAt);

public sealed record PasskeyItem(string Id, string Name, DateTimeOffset AddedAt);
