namespace Platform.IdP.Credentials;

/// <summary>
/// Finds what changed of a person's credentials. All that is written goes through here, so that no change goes untold.
/// </summary>
internal static class CredentialDifference
{
    public static IEnumerable<CredentialChange> Between(PersonCredentials before, PersonCredentials after)
    {
        // There is always a password: the operator gave the first.
        if (before.Password != after.Password)
            yield return new CredentialChange("password", "update");
        if (ChangeOf(before.Totp, after.Totp) is { } app)
            yield return new CredentialChange("app", app);

        foreach (var removed in before.Passkeys.Where(passkey => !Has(after, passkey)))
            yield return Of(removed, "delete");
        foreach (var added in after.Passkeys.Where(passkey => !Has(before, passkey)))
            yield return Of(added, "create");

        if (!before.RecoveryCodes.SequenceEqual(after.RecoveryCodes))
            yield return new CredentialChange("recovery-codes", ChangeOf(before.RecoveryCodes, after.RecoveryCodes));
    }

    private static string? ChangeOf(TotpCredential? before, TotpCredential? after) => (before, after) switch
    {
        _ when before == after => null,
        (null, _) => "create",
        (_, null) => "delete",
        _ => "update",
    };

    // One that was used is gone from the list, which makes it another; the last one takes all of them away.
    private static string ChangeOf(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        before.Count == 0 ? "create" : after.Count == 0 ? "delete" : "update";

    private static bool Has(PersonCredentials credentials, PasskeyCredential passkey) =>
        credentials.Passkeys.Any(other => other.Id.SequenceEqual(passkey.Id));

    private static CredentialChange Of(PasskeyCredential passkey, string change) =>
        new(passkey.Transports.Contains("internal") ? "fido2-platform" : "fido2-roaming", change)
        {
            FriendlyName = passkey.Name,
            Aaguid = passkey.Aaguid,
        };
}
