namespace Platform.Bff.Defence;

/// <summary>
/// Who may start a request, as metadata of an endpoint. It stands on the group, so that a route that says nothing
/// has the strictest.
/// </summary>
/// <param name="NeedsHeader">
/// The header X-CSRF: 1, which no form and no other origin can send without being asked in a preflight.
/// </param>
/// <param name="FetchSites">The values of Sec-Fetch-Site that are welcome; empty means all.</param>
/// <param name="IsPage">A person looks at the answer.</param>
/// <param name="IsPersonal">The answer depends on the session, so no cache may keep it.</param>
/// <param name="IsSignIn">It costs a sign-in, which are counted.</param>
/// <param name="TakesSockets">
/// A WebSocket may be opened. Its handshake cannot have the header, so that it must have our Origin instead: browsers send it always.
/// </param>
/// <param name="IsTopLevel">The answer is a whole page, never a part of another.</param>
/// <param name="IsFramed">The answer says itself who may frame it; all others may not be framed.</param>
internal sealed record CallPolicy(
    bool NeedsHeader, IReadOnlyCollection<string> FetchSites, bool IsPage, bool IsPersonal = true, bool IsSignIn = false,
    bool TakesSockets = false, bool IsTopLevel = false, bool IsFramed = false)
{
    /// <summary>Our own page's scripts.</summary>
    public static readonly CallPolicy Script = new(NeedsHeader: true, ["same-origin"], IsPage: false);

    /// <summary>The same, WebSockets included.</summary>
    public static readonly CallPolicy Socket = Script with { TakesSockets = true };

    /// <summary>A person follows a link of ours, or types the address.</summary>
    public static readonly CallPolicy Navigation = new(NeedsHeader: false, ["same-origin", "none"], IsPage: true, IsSignIn: true);

    /// <summary>Another site sends a person here to sign in (OpenID Connect Core section 4), but not into a frame of its own.</summary>
    public static readonly CallPolicy Initiation = new(NeedsHeader: false, [], IsPage: true, IsTopLevel: true);

    /// <summary>The way back from the provider; it is guarded by state and cookie instead.</summary>
    public static readonly CallPolicy Return = new(NeedsHeader: false, [], IsPage: true, IsSignIn: true);

    /// <summary>No browser at all: another server calls, and what it sends proves who it is.</summary>
    public static readonly CallPolicy Server = new(NeedsHeader: false, [], IsPage: false);

    /// <summary>A page of the provider loads it in a frame.</summary>
    public static readonly CallPolicy Frame = new(NeedsHeader: false, [], IsPage: true, IsFramed: true);

    /// <summary>Pages and their parts, the same for everyone.</summary>
    public static readonly CallPolicy Public = new(NeedsHeader: false, [], IsPage: true, IsPersonal: false);
}
