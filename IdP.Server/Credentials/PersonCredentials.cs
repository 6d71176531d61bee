using System.Text.Json.Serialization;

namespace Platform.IdP.Credentials;

/// <summary>What a person set up herself to prove who she is, beside the entry in config/users.yaml.</summary>
internal sealed record PersonCredentials
{
    public required string Subject { get; init; }

    public ChangedPassword? Password { get; init; }

    public TotpCredential? Totp { get; init; }

    public IReadOnlyList<PasskeyCredential> Passkeys { get; init; } = [];

    /// <summary>Hashes of the recovery codes that were not used yet.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    /// <summary>What tells of the last change and may not be in the outbox yet (<see cref="CredentialEvents"/>).</summary>
    public IReadOnlyList<SecurityEvent>? Untold { get; init; }

    /// <summary>Whether a password alone does not sign the person in. Recovery codes stand in for a factor; they are none.</summary>
    [JsonIgnore]
    public bool HasSecondFactor => Totp is not null || Passkeys.Count > 0;
}

/// <param name="Supersedes">
/// Hash of the operator's entry that it took the place of: once the operator writes a new one, that counts again.
/// </param>
internal sealed record ChangedPassword(string Hash, string Supersedes, DateTimeOffset ChangedAt);

/// <param name="Secret">Sealed (<see cref="CredentialSeal"/>).</param>
internal sealed record TotpCredential(string Secret, DateTimeOffset AddedAt);

/// <summary>A WebAuthn credential; the public key alone is kept.</summary>
internal sealed record PasskeyCredential
{
    public required byte[] Id { get; init; }

    public required byte[] PublicKey { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public uint SignCount { get; init; }

    public IReadOnlyList<string> Transports { get; init; } = [];

    public bool IsUserVerified { get; init; }

    /// <summary>Whether it may be copied to other devices of the person.</summary>
    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    /// <summary>The authenticator's model, where it said so (WebAuthn section 6.5.2).</summary>
    public Guid? Aaguid { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PersonCredentials))]
internal sealed partial class CredentialJson : JsonSerializerContext;
