namespace Platform.IdP.Signals.Events;

/// <summary>Who caused an event, and why (CAEP 1.0 section 2).</summary>
/// <param name="InitiatingEntity">admin, user, policy or system.</param>
/// <param name="Reason">For the administrators who read it, in English.</param>
internal sealed record EventCause(string InitiatingEntity, string Reason)
{
    public static EventCause Administrator(string reason) => new("admin", reason);

    public static EventCause User(string reason) => new("user", reason);

    public static EventCause System(string reason) => new("system", reason);
}
