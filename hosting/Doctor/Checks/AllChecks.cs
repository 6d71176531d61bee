namespace Platform.Doctor.Checks;

/// <summary>The checks, from those that say whether anything can be known to those about the surroundings.</summary>
internal static class AllChecks
{
    public static IReadOnlyList<Check> InOrder { get; } =
    [
        .. ServiceChecks.All, .. AuthenticationChecks.All, .. KeyChecks.All, .. AddressChecks.All, .. ScopeChecks.All, .. IssuerChecks.All,
        .. ProtectionChecks.All, .. RegistrationChecks.All, .. SurroundingsChecks.All,
    ];
}
