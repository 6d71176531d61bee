namespace Platform.Flows.Model;

/// <summary>Why something was refused, and what helps.</summary>
/// <param name="Error">As the protocol spells it.</param>
/// <param name="Reason">In the words of the log.</param>
public sealed record Refusal(string Error, string Reason)
{
    public Advice? Advice { get; } = Advice.For(Error, Reason);

    /// <summary>It is part of the protocol: the client tries again, or has its answer.</summary>
    public bool IsExpected => Error is
        "use_dpop_nonce" or "authorization_pending" or "slow_down" or
        "login_required" or "interaction_required" or "consent_required" or "account_selection_required";
}
