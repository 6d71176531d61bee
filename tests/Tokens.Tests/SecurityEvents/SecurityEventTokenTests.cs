using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tokens.Tests.SecurityEvents;

public class SecurityEventTokenTests
{
    [Fact]
    public void X1_X2_is_signed_with_its_type_and_without_sub_and_exp()
    {
        var token = new SecurityEventToken(
            "https://idp.example", "urn:example:receiver", "set-1", DateTimeOffset.FromUnixTimeSeconds(1893553445),
            new SubjectIdentifier.Opaque("s-1"), EventTypes.SessionRevoked, JsonElement.Parse("""{"event_timestamp":1893553400}"""), "txn-1");

        var parts = token.Sign(TestKeys.Rs256).Split('.');

        Assert.Equal($$"""{"alg":"RS256","typ":"secevent+jwt","kid":"{{TestKeys.Rs256.KeyId}}"}""", Json(parts[0]));
        Assert.Equal(
            $$$"""{"iss":"https://idp.example","aud":"urn:example:receiver","jti":"set-1","iat":1893553445,"sub_id":{"format":"opaque","id":"s-1"},"events":{"{{{EventTypes.SessionRevoked}}}":{"event_timestamp":1893553400}},"txn":"txn-1"}""",
            Json(parts[1]));
    }

    private static string Json(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
