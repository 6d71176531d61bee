namespace Platform.Caep.Policy;

/// <summary>What an event does to the sessions that it means.</summary>
internal enum EventEffect
{
    /// <summary>Nothing: it is noted and acknowledged.</summary>
    Record,

    /// <summary>Ends the session that is named; all of the user's where none is.</summary>
    EndSession,

    /// <summary>Ends all sessions of the user, also where one is named.</summary>
    EndAllSessions,

    /// <summary>Lets claims and tokens be fetched again before the next use.</summary>
    RefreshClaims,

    /// <summary>Lets the user prove anew who they are.</summary>
    StepUp,
}

internal static class EventEffects
{
    private static readonly (string Name, EventEffect Effect)[] Names =
    [
        ("record", EventEffect.Record),
        ("end-session", EventEffect.EndSession),
        ("end-all-sessions", EventEffect.EndAllSessions),
        ("refresh-claims", EventEffect.RefreshClaims),
        ("step-up", EventEffect.StepUp),
    ];

    public static IEnumerable<string> All => Names.Select(each => each.Name);

    public static string Name(this EventEffect effect) => Names.Single(each => each.Effect == effect).Name;

    public static EventEffect? Parse(string name) =>
        Names.Where(each => each.Name == name).Select(each => (EventEffect?)each.Effect).FirstOrDefault();
}
