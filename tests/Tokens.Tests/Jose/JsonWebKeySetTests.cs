using System.Text;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JsonWebKeySetTests
{
    [Fact]
    public void Leaves_out_the_keys_that_it_cannot_use()
    {
        var set = JsonNode.Parse(TestKeys.Set.ToJson())!;
        set["keys"]!.AsArray().Insert(0, new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "AA" });
        set["keys"]!.AsArray().Insert(0, 7);

        var read = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(set.ToJsonString()));

        Assert.Equal(TestKeys.Set.Keys.Select(key => key.Thumbprint), read.Keys.Select(key => key.Thumbprint));
    }

    [Theory]
    [InlineData("", "The key set is not a JSON object.")]
    [InlineData("[]", "The key set is not a JSON object.")]
    [InlineData("""{"keys":[],"keys":[]}""", "The key set is not a JSON object.")]
    [InlineData("{}", "The key set has no array of keys.")]
    [InlineData("""{"keys":{}}""", "The key set has no array of keys.")]
    public void Refuses_what_is_not_a_key_set(string json, string reason) => Assert.Equal(
        reason, Assert.Throws<FormatException>(() => JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void F23_offers_the_keys_of_the_name_that_fit_the_algorithm()
    {
        Assert.Equal([TestKeys.Ps256.PublicKey], TestKeys.Set.Candidates(TestKeys.Ps256.KeyId, JwsAlgorithm.PS256));
        Assert.Empty(TestKeys.Set.Candidates(TestKeys.Ps256.KeyId, JwsAlgorithm.RS256));
        Assert.Equal([TestKeys.Es256.PublicKey], TestKeys.Set.Candidates(kid: null, JwsAlgorithm.ES256));
    }
}
