using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Users;

/// <summary>What a change of an entry of users.yaml tells the world (RISC 1.0, CAEP 1.0).</summary>
internal sealed class UserChangeEvents(EventFactory events)
{
    public static readonly EventCause Cause = EventCause.Administrator("The entry in users.yaml was changed.");

    /// <param name="now">Null when the entry is gone.</param>
    public IReadOnlyList<SecurityEvent> Make(string subject, KnownUser before, User? now, string transaction)
    {
        var about = new EventSubject { User = subject, Email = before.Email };
        if (now is null)
        {
            return [events.Make(EventTypes.AccountPurged, about, Cause, transactionId: transaction)];
        }

        var after = KnownUser.Of(now);
        var raised = new List<SecurityEvent>();
        if (before.IsDisabled != after.IsDisabled)
            raised.Add(events.Make(after.IsDisabled ? EventTypes.AccountDisabled : EventTypes.AccountEnabled, about, Cause, transactionId: transaction));
        if (before.Email != after.Email)
            raised.Add(IdentifierChanged(about, new SubjectIdentifier.Email(before.Email!), after.Email, transaction));
        if (before.PhoneNumber is { } number && number != after.PhoneNumber)
            raised.Add(IdentifierChanged(about, new SubjectIdentifier.PhoneNumber(number), after.PhoneNumber, transaction));
        if (before.ChangedClaims(now) is { Count: > 0 } claims)
            raised.Add(events.Make(EventTypes.TokenClaimsChange, about, Cause, new JsonObject { ["claims"] = claims }, transaction));
        if (before.Password != after.Password)
            raised.Add(events.Make(EventTypes.CredentialChange, about, Cause, new CredentialChange("password", "update").ToMembers(), transaction));
        return raised;
    }

    // RISC 1.0 section 2.5: the subject is the identifier as it was, an e-mail address or a telephone number.
    private SecurityEvent IdentifierChanged(EventSubject about, SubjectIdentifier identifier, string? next, string transaction) =>
        events.Make(EventTypes.IdentifierChanged, about with { Given = JsonSerializer.SerializeToElement(identifier.ToJson()) }, Cause,
            next is null ? null : new JsonObject { ["new-value"] = next }, transaction);
}
