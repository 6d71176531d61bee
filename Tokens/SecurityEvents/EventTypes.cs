namespace Platform.Tokens.SecurityEvents;

/// <summary>The event types that the platform knows.</summary>
public static class EventTypes
{
    /// <summary>CAEP 1.0 section 3.1: a session is no longer to be honoured.</summary>
    public const string SessionRevoked = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
}
