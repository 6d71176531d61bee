using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

/// <summary>A client's DPoP key, and proofs by it: made here by hand, so that they can be wrong in any way.</summary>
internal sealed class ProofKey(IdpServer server) : IDisposable
{
    public const string Token = IdpServer.Issuer + "/token";
    public const string Par = IdpServer.Issuer + "/par";
    public const string UserInfo = IdpServer.Issuer + "/userinfo";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Thumbprint => Encode(SHA256.HashData(Encoding.UTF8.GetBytes(
        $$"""{"crv":"P-256","kty":"EC","x":"{{Coordinate(p => p.X!)}}","y":"{{Coordinate(p => p.Y!)}}"}""")));

    public string Prove(
        string address, string method = "POST", string? accessToken = null, string? nonce = null,
        Action<JsonObject>? changeClaims = null, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = PublicKey() };
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["htm"] = method,
            ["htu"] = address,
            ["iat"] = server.Clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (accessToken is not null)
        {
            claims["ath"] = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        }

        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        changeClaims?.Invoke(claims);
        changeHeader?.Invoke(header);
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public string PrivatePart => Coordinate(p => p.D!, withPrivate: true);

    public void Dispose() => _key.Dispose();

    private JsonObject PublicKey() => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["x"] = Coordinate(p => p.X!),
        ["y"] = Coordinate(p => p.Y!),
    };

    private string Coordinate(Func<ECParametersView, byte[]> select, bool withPrivate = false)
    {
        var parameters = _key.ExportParameters(withPrivate);
        return Encode(select(new ECParametersView(parameters.Q.X, parameters.Q.Y, parameters.D)));
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private sealed record ECParametersView(byte[]? X, byte[]? Y, byte[]? D);
}
