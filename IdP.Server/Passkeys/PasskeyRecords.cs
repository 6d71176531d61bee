using Microsoft.AspNetCore.Identity;

namespace Platform.IdP.Passkeys;

/// <summary>Passkeys as they are kept, and as the verifier knows them. What attested the device is not kept.</summary>
internal static class PasskeyRecords
{
    public static UserPasskeyInfo ToInfo(PasskeyCredential passkey) => new(
        passkey.Id, passkey.PublicKey, passkey.AddedAt, passkey.SignCount, [.. passkey.Transports], passkey.IsUserVerified,
        passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = passkey.Name,
    };

    /// <param name="former">As it was kept until now: the model is told at the enrolment alone.</param>
    public static PasskeyCredential FromInfo(UserPasskeyInfo passkey, PasskeyCredential? former = null) => new()
    {
        Id = passkey.CredentialId,
        PublicKey = passkey.PublicKey,
        Name = passkey.Name ?? "Passkey",
        AddedAt = passkey.CreatedAt,
        SignCount = passkey.SignCount,
        Transports = passkey.Transports ?? [],
        IsUserVerified = passkey.IsUserVerified,
        IsBackupEligible = passkey.IsBackupEligible,
        IsBackedUp = passkey.IsBackedUp,
        Aaguid = former is null ? AuthenticatorModel.Of(passkey.AttestationObject) : former.Aaguid,
    };

    /// <summary>RFC 8176: a key that may be copied is one of software.</summary>
    public static string MethodOf(UserPasskeyInfo passkey) =>
        passkey.IsBackupEligible ? AuthenticationMethods.SoftwareKey : AuthenticationMethods.HardwareKey;
}
