using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.IdP.Tests.Passkeys;

/// <summary>An authenticator and its browser (WebAuthn sections 6 and 7): one ES256 key, no attestation.</summary>
internal sealed class SoftwareAuthenticator(string relyingParty, string origin) : IDisposable
{
    private const byte UserPresentAndVerified = 0x05;
    private const byte WithCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private byte[] _user = [];
    private uint _count;

    /// <summary>What the browser says that the page's origin is.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>The AAGUID; zeros say nothing.</summary>
    public Guid Model { get; set; }

    /// <summary>navigator.credentials.create, as JSON.</summary>
    public string Create(string options)
    {
        var request = JsonSerializer.Deserialize<JsonElement>(options);
        _user = Base64Url.DecodeFromChars(request.GetProperty("user").GetProperty("id").GetString());
        var clientData = ClientData("webauthn.create", request);
        var data = Data(UserPresentAndVerified | WithCredential, [.. Model.ToByteArray(bigEndian: true), 0, 16, .. _id, .. CosePublicKey()]);

        // { fmt: "none", attStmt: {}, authData }
        byte[] attestation = [0xA3, .. CborText("fmt"), .. CborText("none"), .. CborText("attStmt"), 0xA0, .. CborText("authData"), .. CborBytes(data)];
        return Credential(new { clientDataJSON = Base64Url.EncodeToString(clientData), attestationObject = Base64Url.EncodeToString(attestation), transports = new[] { "internal" } });
    }

    /// <summary>navigator.credentials.get, as JSON.</summary>
    public string Get(string options)
    {
        var clientData = ClientData("webauthn.get", JsonSerializer.Deserialize<JsonElement>(options));
        var data = Data(UserPresentAndVerified, []);
        var signature = _key.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(clientData),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = Base64Url.EncodeToString(_user),
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] ClientData(string type, JsonElement request) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = request.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private byte[] Data(byte flags, byte[] credential)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++_count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, .. counter, .. credential];
    }

    // RFC 9053 section 7.1: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }
    private byte[] CosePublicKey()
    {
        var point = _key.ExportParameters(false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. CborBytes(point.X!), 0x22, .. CborBytes(point.Y!)];
    }

    private static byte[] CborText(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] CborBytes(byte[] bytes) => [0x58, (byte)bytes.Length, .. bytes];

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(_id),
        rawId = Base64Url.EncodeToString(_id),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });
}
