using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>Values that have broken servers before, words of the protocols, and whatever else there is.</summary>
internal static class Values
{
    /// <summary>No answer may hold these as they are.</summary>
    public const string Tag = "<fuzz>";
    public const string Attribute = "\" onfuzz=\"";

    private static readonly string[] Nasty =
    [
        "", " ", "\0", "a\0b", "\u0001\u001f\u007f", "\t", "\r\nFuzz-Injected: 1", "\u2028\u202e\ufeff", "😀é\u0301", "\ud800", "%", "%zz", "%00",
        "%ff%fe%c0%80", "%2e%2e%2f", "+", "&", "=", ";", "../../../etc/passwd", "\\..\\", "'\"`", "${jndi:x}", "{{7*7}}",
        $"\">{Tag}", Tag, Attribute, "javascript:alert(1)", "data:text/html,<fuzz>", "https://evil.test/", "//evil.test", "/\\evil.test",
        "https://plain.test@evil.test/callback", "https://plain.test/callback\\@evil.test", "https://plain.test/callback#x",
        "https://plain.test/callback/../evil", "http://127.0.0.1:49152@evil.test/callback", "https://plаin.test/callback", "https://[", "http://",
        "https://plain.test/callback%0d%0aLocation:%20https://evil.test", "urn:x", "urn:ietf:params:oauth:request_uri:x", "mailto:a@b",
        "-1", "0", "1", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "1e400", "1.5", "NaN", "٣", "true", "null", "undefined",
        "[]", "{}", "[null]", "[1,\"a\",{}]", "[{\"type\":null}]", "[{\"type\":\"payment\",\"amount\":{}}]", "{\"a\":1,\"a\":2}", "\"\\ud800\"",
        "{\"\\ud800\":1}", "[\"\\ud800\"]", "{\"id_token\":{\"acr\":{\"values\":[1,null,\"\\udc00\"]},\"sub\":{\"value\":1}}}", "{\"userinfo\":[]}", "{\"id_token\":1}",
        "a.b.c", "..", "....", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJFUzI1NiJ9.bnVsbA.AA", "eyJhbGciOiJFUzI1NiJ9.W10.AA", "bnVsbA.e30.AA",
        "Basic", "Basic ", "Basic !!!", "Basic Og==", "Basic Ojo6", "Basic JTpi", "Bearer", "Bearer ", "Bearer a b", "DPoP x", "DPoP", "Negotiate x", "Bearer eyJ.e.e",
        "openid", "openid openid", " openid  profile ", "offline_access", "code", "code id_token", "token", "none", "login", "none login", "consent", "select_account",
        "query", "form_post", "jwt", "query.jwt", "form_post.jwt", "fragment", "S256", "plain", "allow", "deny", "ada", "grace", "plain", "all", "keyed", "native",
        "authorization_code", "refresh_token", "client_credentials", "urn:openid:params:grant-type:ciba", "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:token-type:jwt",
        "urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:refresh_token",
        new('a', 300), new('1', 5000), new('<', 17 * 1024), new('x', 70 * 1024), new('[', 2000), string.Concat(Enumerable.Repeat("{\"a\":", 200)),
        string.Join(' ', Enumerable.Range(0, 2000)), "session=00000000-0000-0000-0000-000000000000", "__Host-idp=x; __Host-idp=y", "__Host-idp=", "__Host-idp-factor=x",
    ];

    private static readonly string[] JsonNasty =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999999", "253402300800", "-62135596801", "9223372036854775807", "\"\"", "\"\\u0000\"", "\"\\ud800\"",
        "[]", "{}", "[[]]", "[null]", "[{}]", "{\"a\":{}}", "[1,\"a\"]", "[\"\\ud800\"]", "{\"\\ud800\":0}", "{\"\":\"\"}", "{\"a\":1,\"a\":2}", "nonsense", "",
        "\"https://evil.test/\"", "\"http://127.0.0.1:1/x\"", "\"javascript:alert(1)\"", "[\"https://evil.test/\",\"https://evil.test/\"]", "\"none\"", "\"HS256\"", "\"RS256\"",
        "{\"keys\":[]}", "{\"keys\":[null]}", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}]}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}", "{\"kty\":\"RSA\",\"n\":1,\"e\":null}", "[\"b64\"]",
    ];

    public static Gen<string> All { get; } = Gen.Frequency(
        (8, Gen.Elements(Nasty)),
        (1, Gen.Elements(Names.Known)),
        (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)));

    /// <summary>What to put in the place of a JSON value: often another kind than is expected, else the text.</summary>
    public static string AsJson(string value, int which) => which % 4 == 0 ? JsonSerializer.Serialize(value) : JsonNasty[which % JsonNasty.Length];
}
