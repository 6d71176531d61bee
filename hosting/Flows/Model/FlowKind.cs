namespace Platform.Flows.Model;

public enum FlowKind
{
    SignIn,
    Refresh,
    Logout,
    Revocation,
    Event,
    Call,
    Other,
}

public enum FlowOutcome
{
    /// <summary>It ended as it should.</summary>
    Done,

    /// <summary>The browser is expected to come back.</summary>
    Open,

    /// <summary>Somebody said no.</summary>
    Refused,

    /// <summary>Something broke.</summary>
    Failed,
}
