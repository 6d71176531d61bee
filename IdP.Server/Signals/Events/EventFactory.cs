using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Events;

/// <summary>Makes events, which count once they are in the <see cref="Outbox"/>.</summary>
internal sealed class EventFactory(UserDirectory users, IOptions<IdpOptions> idp, TimeProvider clock)
{
    /// <param name="members">What the type has beside the members that all events share.</param>
    /// <param name="transactionId">Of the change, if it causes several events.</param>
    public SecurityEvent Make(
        string type, EventSubject subject, EventCause cause, JsonObject? members = null, string? transactionId = null)
    {
        var now = clock.GetUtcNow();
        var value = new JsonObject
        {
            // CAEP 1.0 section 2
            ["event_timestamp"] = now.ToUnixTimeSeconds(),
            ["initiating_entity"] = cause.InitiatingEntity,
            ["reason_admin"] = new JsonObject { ["en"] = cause.Reason },
        };
        foreach (var (name, member) in members ?? [])
        {
            value[name] = member?.DeepClone();
        }

        return Make(type, subject, JsonSerializer.SerializeToElement(value), transactionId);
    }

    /// <summary>An event whose members are all given.</summary>
    public SecurityEvent Make(string type, EventSubject subject, JsonElement members, string? transactionId = null) => new()
    {
        Id = Handle.New(),
        Type = type,
        Subject = subject.User is { } user && subject.Email is null
            ? subject with { Email = users.FindBySubject(user)?.Email }
            : subject,
        Members = members,
        TransactionId = transactionId ?? Handle.New(),
        OrderKey = OrderKey(subject),
        RaisedAt = clock.GetUtcNow(),
        TraceParent = IdpTelemetry.CurrentTrace,
        TraceState = Activity.Current?.TraceStateString,
    };

    // Events of one user stay in order: that of all sessions must not overtake that of one.
    private string OrderKey(EventSubject subject) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{idp.Value.Issuer}|{subject.User ?? subject.Session ?? subject.Given?.GetRawText()}")));
}
