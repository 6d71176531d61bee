using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals;

/// <summary>Ends SSO sessions on an administrator's or the person's own behalf, and tells the world by a CAEP session-revoked event.</summary>
internal sealed partial class SessionRevoker(
    Outbox outbox, BackchannelLogout backchannel, SigningKeys keys, IOptions<IdpOptions> options, TimeProvider clock,
    AuditLog audit, ILogger<SessionRevoker> logger)
{
    private const string Audience = "urn:platform:caep";

    /// <param name="byPerson">Whether the person herself ends them, rather than an administrator.</param>
    public async Task<RevocationAnswer> RevokeAsync(
        string? subject, string? sessionId, string? reason, bool byPerson = false)
    {
        var now = clock.GetUtcNow();
        var id = Handle.New();
        var token = new SecurityEventToken(options.Value.Issuer, Audience, id, now, Subject(subject, sessionId),
            EventTypes.SessionRevoked, Event(now, reason, byPerson), TransactionId: Handle.New());
        var entry = new OutboxEntry(id, KafkaKey(subject ?? sessionId!), token.Sign(keys.Events), now,
            IdpTelemetry.CurrentTrace, Activity.Current?.TraceStateString);

        var notifications = await backchannel.PrepareAsync(subject, sessionId);
        var ended = await outbox.EndSessionsAsync(subject, sessionId, entry);

        // Whoever revokes does not wait for the clients.
        _ = backchannel.SendAsync(notifications);
        audit.SessionEnded(subject, sessionId, byPerson ? "the person or her client" : "an administrator");
        LogRevoked(id, subject, sessionId, ended);
        return new RevocationAnswer(id, ended);
    }

    // SSF 1.0 section 3.1: an absent member stands for all, so that without a session all of the user's are meant.
    private SubjectIdentifier.Complex Subject(string? subject, string? sessionId) => new(
        subject is null ? null : new SubjectIdentifier.IssuerSubject(options.Value.Issuer, subject),
        sessionId is null ? null : new SubjectIdentifier.Opaque(sessionId));

    // CAEP 1.0 section 2 and 3.1
    private static JsonElement Event(DateTimeOffset now, string? reason, bool byPerson) =>
        JsonSerializer.SerializeToElement(new JsonObject
        {
            ["event_timestamp"] = now.ToUnixTimeSeconds(),
            ["initiating_entity"] = byPerson ? "user" : "admin",
            ["reason_admin"] = new JsonObject
            {
                ["en"] = reason ?? (byPerson ? "Ended by the user." : "Revoked by an administrator."),
            },
        });

    // Events of one user stay in order: that of all sessions must not overtake that of one.
    private string KafkaKey(string subject) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Value.Issuer}|{subject}")));

    [LoggerMessage(LogLevel.Information,
        "Revocation {EventId}: subject {Subject}, session {SessionId}; {Ended} SSO sessions ended.")]
    private partial void LogRevoked(string eventId, string? subject, string? sessionId, int ended);
}

internal sealed record RevocationAnswer(string Jti, int Sessions);
