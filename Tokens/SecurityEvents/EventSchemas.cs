namespace Platform.Tokens.SecurityEvents;

/// <summary>What each type of event has beside the common members.</summary>
internal static class EventSchemas
{
    private static readonly string[] Levels = ["LOW", "MEDIUM", "HIGH"];
    private static readonly string[] Compliance = ["compliant", "not-compliant"];

    public static IReadOnlyDictionary<string, EventMember[]> Members { get; } = new Dictionary<string, EventMember[]>
    {
        // CAEP 1.0 section 3, in its order
        [EventTypes.SessionRevoked] = [],
        [EventTypes.TokenClaimsChange] = [EventMember.Object("claims").Required],
        [EventTypes.CredentialChange] =
        [
            EventMember.Text("credential_type").Required, // those of the section, and any that both sides agree on
            EventMember.OneOf("change_type", "create", "revoke", "update", "delete").Required,
            EventMember.Text("friendly_name"),
            EventMember.Text("x509_issuer"),
            EventMember.Text("x509_serial"),
            EventMember.Text("fido2_aaguid"),
        ],
        [EventTypes.AssuranceLevelChange] =
        [
            EventMember.Text("namespace").Required,
            EventMember.Text("current_level").Required,
            EventMember.Text("previous_level"),
            EventMember.OneOf("change_direction", "increase", "decrease"),
        ],
        [EventTypes.DeviceComplianceChange] =
        [
            EventMember.OneOf("previous_status", Compliance).Required,
            EventMember.OneOf("current_status", Compliance).Required,
        ],
        [EventTypes.SessionEstablished] =
        [
            EventMember.Text("fp_ua"), EventMember.Text("acr"), EventMember.Texts("amr"), EventMember.Text("ext_id"),
        ],
        [EventTypes.SessionPresented] = [EventMember.Text("fp_ua"), EventMember.Text("ext_id")],
        [EventTypes.RiskLevelChange] =
        [
            EventMember.Text("principal").Required,
            EventMember.OneOf("current_level", Levels).Required,
            EventMember.OneOf("previous_level", Levels),
            EventMember.Text("risk_reason"),
        ],

        // RISC 1.0 section 2, in its order
        [EventTypes.AccountCredentialChangeRequired] = [],
        [EventTypes.AccountPurged] = [],
        [EventTypes.AccountDisabled] = [EventMember.OneOf("reason", "hijacking", "bulk-account")],
        [EventTypes.AccountEnabled] = [],
        [EventTypes.IdentifierChanged] = [EventMember.Text("new-value")],
        [EventTypes.IdentifierRecycled] = [],
        [EventTypes.CredentialCompromise] = [EventMember.Text("credential_type").Required],
        [EventTypes.OptIn] = [],
        [EventTypes.OptOutInitiated] = [],
        [EventTypes.OptOutCancelled] = [],
        [EventTypes.OptOutEffective] = [],
        [EventTypes.RecoveryActivated] = [],
        [EventTypes.RecoveryInformationChanged] = [],
        [EventTypes.SessionsRevoked] = [],

        // SSF 1.0 section 8.1
        [EventTypes.Verification] = [EventMember.Text("state")],
        [EventTypes.StreamUpdated] =
        [
            EventMember.OneOf("status", "enabled", "paused", "disabled").Required, EventMember.Text("reason"),
        ],
    };
}
