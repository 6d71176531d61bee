using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Grants;

/// <summary>What a refusal of the provider says (RFC 6749 section 5.2).</summary>
internal enum Refusal
{
    /// <summary>The session is over: what it lives on is no longer valid.</summary>
    OfSession,

    /// <summary>This route asks for what it does not get; the others are not concerned.</summary>
    OfRoute,

    /// <summary>Nothing of either: the BFF itself is refused, or not understood.</summary>
    OfClient,
}

/// <summary>A way in which a session gets an access token for a route.</summary>
internal interface ISessionGrant
{
    /// <summary>Keeps its tokens apart from those of other grants; empty for the refresh grant.</summary>
    string Name { get; }

    /// <summary>The parameters of the grant itself; null when the session does not have what it takes.</summary>
    ValueTask<GrantForm?> FormAsync(LiveSession session, CancellationToken cancellationToken);

    Refusal Judge(string error);
}
