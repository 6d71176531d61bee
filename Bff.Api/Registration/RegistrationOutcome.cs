namespace Platform.Bff.Registration;

/// <summary>What became of the registration at this start. Reasons are for the log and the health report.</summary>
internal abstract record RegistrationOutcome
{
    private RegistrationOutcome() { }

    /// <summary>Nobody asked for one.</summary>
    public sealed record NotWanted : RegistrationOutcome;

    /// <summary>It was made before, and nothing has changed.</summary>
    public sealed record Current : RegistrationOutcome;

    public sealed record Registered : RegistrationOutcome;

    /// <summary>The provider said no; without somebody's doing it will say so again.</summary>
    public sealed record Refused(string Reason) : RegistrationOutcome;

    /// <summary>The provider or Redis does not answer; later they may.</summary>
    public sealed record Unavailable(string Reason) : RegistrationOutcome;
}
