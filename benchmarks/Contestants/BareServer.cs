using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Tokens.Jose;

namespace Platform.Benchmarks.Contestants;

/// <summary>
/// The bare endpoints, by the process <c>Platform.Benchmarks serve-bare</c>: a form is parsed, signatures are verified
/// without a look at what they cover, and a token of the size of a real one is signed.
/// </summary>
internal static class BareServer
{
    public const string Command = "serve-bare";
    public const string ClientKeys = "BENCH_CLIENT_KEYS";
    public const string ProofKeys = "BENCH_PROOF_KEYS";

    private static readonly string Header = Encode("""{"alg":"ES256","typ":"at+jwt","kid":"UpSTrCdvbhkMXJ3lN5K8rF5lBdbVmAvHsmK2FKSwJ0w"}"""u8);
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var clientKey = KeyOf(ClientKeys);
        var proofKey = KeyOf(ProofKeys);
        app.MapPost("/token", async http =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (form["client_assertion"] is [{ } assertion] && http.Request.Headers["DPoP"] is [{ } proof] &&
                !(Holds(assertion, clientKey) && Holds(proof, proofKey)))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(
                $$"""{"access_token":"{{Token()}}","token_type":"Bearer","expires_in":3600,"scope":"{{form["scope"]}}"}""");
        });
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        Console.WriteLine($"Now listening on: {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
    }

    private static string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var payload = Encode(Encoding.UTF8.GetBytes(
            $$"""{"iss":"{{Setting.Issuer}}","sub":"secret","aud":"{{Setting.Audience}}","client_id":"secret","scope":"work","jti":"{{id}}","iat":{{now}},"exp":{{now + 3600}}}"""));
        var input = $"{Header}.{payload}";
        return $"{input}.{Encode(Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private static bool Holds(string jws, JsonWebKey key)
    {
        var dot = jws.LastIndexOf('.');
        return key.Verify(
            JwsAlgorithm.ES256, Encoding.ASCII.GetBytes(jws, 0, dot), Base64Url.DecodeFromChars(jws.AsSpan(dot + 1)));
    }

    private static JsonWebKey KeyOf(string variable) => JsonWebKeySet.Parse(
        Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(variable) ?? "")).Keys.Single();

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
