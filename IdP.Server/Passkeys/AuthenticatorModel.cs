using System.Formats.Cbor;

namespace Platform.IdP.Passkeys;

/// <summary>The AAGUID of an attestation object that was verified (WebAuthn sections 6.1 and 6.5.1).</summary>
internal static class AuthenticatorModel
{
    // After the hash of the relying party's identifier (32), the flags (1) and the counter (4).
    private const int Flags = 32;
    private const int Start = 37;
    private const int End = Start + 16;
    private const byte HasCredential = 0x40;

    /// <summary>Null when the authenticator does not tell: most leave zeros unless it is attested.</summary>
    public static Guid? Of(byte[] attestationObject)
    {
        var reader = new CborReader(attestationObject, CborConformanceMode.Lax);
        reader.ReadStartMap();
        while (reader.PeekState() is not CborReaderState.EndMap)
        {
            if (reader.ReadTextString() != "authData")
            {
                reader.SkipValue();
                continue;
            }

            var data = reader.ReadByteString();
            var model = data.Length >= End && (data[Flags] & HasCredential) != 0
                ? new Guid(data.AsSpan(Start..End), bigEndian: true)
                : Guid.Empty;
            return model == Guid.Empty ? null : model;
        }

        return null;
    }
}
