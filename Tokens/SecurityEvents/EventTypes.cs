namespace Platform.Tokens.SecurityEvents;

/// <summary>The event types of CAEP 1.0, RISC 1.0 and SSF 1.0.</summary>
public static class EventTypes
{
    private const string Caep = "https://schemas.openid.net/secevent/caep/event-type/";
    private const string Risc = "https://schemas.openid.net/secevent/risc/event-type/";
    private const string Ssf = "https://schemas.openid.net/secevent/ssf/event-type/";

    /// <summary>CAEP 1.0 section 3.1: a session is no longer to be honoured.</summary>
    public const string SessionRevoked = Caep + "session-revoked";

    /// <summary>CAEP 1.0 section 3.2: claims of a token have changed.</summary>
    public const string TokenClaimsChange = Caep + "token-claims-change";

    /// <summary>CAEP 1.0 section 3.3: a credential was created, changed, revoked or deleted.</summary>
    public const string CredentialChange = Caep + "credential-change";

    /// <summary>CAEP 1.0 section 3.4: the assurance of an authentication has risen or fallen.</summary>
    public const string AssuranceLevelChange = Caep + "assurance-level-change";

    /// <summary>CAEP 1.0 section 3.5: a device complies no longer, or again.</summary>
    public const string DeviceComplianceChange = Caep + "device-compliance-change";

    /// <summary>CAEP 1.0 section 3.6: a session has begun.</summary>
    public const string SessionEstablished = Caep + "session-established";

    /// <summary>CAEP 1.0 section 3.7: a session was used at the transmitter.</summary>
    public const string SessionPresented = Caep + "session-presented";

    /// <summary>CAEP 1.0 section 3.8: the risk has risen or fallen.</summary>
    public const string RiskLevelChange = Caep + "risk-level-change";

    /// <summary>RISC 1.0 section 2.1: the account was told to change its credentials.</summary>
    public const string AccountCredentialChangeRequired = Risc + "account-credential-change-required";

    /// <summary>RISC 1.0 section 2.2: the account is deleted for good.</summary>
    public const string AccountPurged = Risc + "account-purged";

    /// <summary>RISC 1.0 section 2.3: the account may not be used.</summary>
    public const string AccountDisabled = Risc + "account-disabled";

    /// <summary>RISC 1.0 section 2.4: the account may be used.</summary>
    public const string AccountEnabled = Risc + "account-enabled";

    /// <summary>RISC 1.0 section 2.5: the identifier that is the subject has become another.</summary>
    public const string IdentifierChanged = Risc + "identifier-changed";

    /// <summary>RISC 1.0 section 2.6: the identifier that is the subject belongs to somebody else now.</summary>
    public const string IdentifierRecycled = Risc + "identifier-recycled";

    /// <summary>RISC 1.0 section 2.7: a credential is in the wrong hands.</summary>
    public const string CredentialCompromise = Risc + "credential-compromise";

    /// <summary>RISC 1.0 section 2.8.1: the person takes part in the exchange of events.</summary>
    public const string OptIn = Risc + "opt-in";

    /// <summary>RISC 1.0 section 2.8.2: the person wishes to leave the exchange of events.</summary>
    public const string OptOutInitiated = Risc + "opt-out-initiated";

    /// <summary>RISC 1.0 section 2.8.3: the person stays after all.</summary>
    public const string OptOutCancelled = Risc + "opt-out-cancelled";

    /// <summary>RISC 1.0 section 2.8.4: the person has left the exchange of events.</summary>
    public const string OptOutEffective = Risc + "opt-out-effective";

    /// <summary>RISC 1.0 section 2.9: a recovery of the account has begun.</summary>
    public const string RecoveryActivated = Risc + "recovery-activated";

    /// <summary>RISC 1.0 section 2.10: the means of recovery have changed.</summary>
    public const string RecoveryInformationChanged = Risc + "recovery-information-changed";

    /// <summary>RISC 1.0 section 2.11: all sessions of the account were revoked. CAEP's session-revoked takes its place.</summary>
    public const string SessionsRevoked = Risc + "sessions-revoked";

    /// <summary>SSF 1.0 section 8.1.4.1: the transmitter shows that its stream works.</summary>
    public const string Verification = Ssf + "verification";

    /// <summary>SSF 1.0 section 8.1.5: the transmitter has changed the status of the stream.</summary>
    public const string StreamUpdated = Ssf + "stream-updated";

    /// <summary>All that CAEP and RISC define: what happens to people and their sessions.</summary>
    public static IReadOnlyList<string> OfSubjects { get; } =
    [
        SessionRevoked, TokenClaimsChange, CredentialChange, AssuranceLevelChange, DeviceComplianceChange, SessionEstablished,
        SessionPresented, RiskLevelChange,
        AccountCredentialChangeRequired, AccountPurged, AccountDisabled, AccountEnabled, IdentifierChanged, IdentifierRecycled,
        CredentialCompromise, OptIn, OptOutInitiated, OptOutCancelled, OptOutEffective, RecoveryActivated,
        RecoveryInformationChanged, SessionsRevoked,
    ];

    /// <summary>All that SSF defines: what happens to a stream.</summary>
    public static IReadOnlyList<string> OfStreams { get; } = [Verification, StreamUpdated];

    /// <summary>The type by its URI or its last segment, such as <c>session-revoked</c>; null when there is none.</summary>
    public static string? Find(string name) => OfSubjects.Concat(OfStreams).FirstOrDefault(type =>
        type.Equals(name, StringComparison.Ordinal) || ShortName(type).Equals(name, StringComparison.Ordinal));

    /// <summary>The last segment of the type's URI.</summary>
    public static string ShortName(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type[(type.LastIndexOf('/') + 1)..];
    }

    /// <summary>Whether RISC defines the type.</summary>
    public static bool IsOfRisc(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.StartsWith(Risc, StringComparison.Ordinal);
    }
}
