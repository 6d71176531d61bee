using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Grants;

/// <summary>An assertion says for whom the token is (RFC 7523 section 2.1).</summary>
/// <param name="kind">The kind of the assertion, part of the name.</param>
/// <param name="assertion">The assertion for a session; null when there is none.</param>
internal sealed class AssertionGrant(
    string kind, Func<LiveSession, CancellationToken, ValueTask<string?>> assertion) : ISessionGrant
{
    public string Name => $"jwt-bearer {kind}";

    public async ValueTask<GrantForm?> FormAsync(LiveSession session, CancellationToken cancellationToken) =>
        await assertion(session, cancellationToken) is { } value
            ? new GrantForm(new() { ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = value })
            : null;

    // RFC 7521 section 4.1.1: an assertion that is not accepted is invalid_grant.
    public Refusal Judge(string error) =>
        error is "invalid_request" or "invalid_grant" or "invalid_target" or "invalid_scope" or "unauthorized_client"
            ? Refusal.OfRoute
            : Refusal.OfClient;
}
