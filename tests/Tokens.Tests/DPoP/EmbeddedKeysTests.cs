using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.DPoP;

namespace Platform.Tokens.Tests.DPoP;

public class EmbeddedKeysTests
{
    private readonly EmbeddedKeys _keys = new(capacity: 4);

    [Fact]
    public void Imports_a_key_once()
    {
        var first = Read("mine");
        _keys.Remember(first);
        var second = Read("mine");

        Assert.Same(first.Key, second.Key);
        Assert.Equal(TestKeys.Es256.PublicKey.Thumbprint, second.Key.Thumbprint);
        Assert.Equal((false, true), (first.IsKept, second.IsKept));
    }

    [Fact]
    public void Does_not_keep_a_key_that_nobody_has_used()
    {
        Read("mine");

        Assert.Equal(0, _keys.Count);
        Assert.NotSame(Read("mine").Key, Read("mine").Key);
    }

    [Fact]
    public void Keeps_a_key_in_use_and_no_more_than_twice_its_capacity_in_a_flood()
    {
        var mine = Read("mine");
        _keys.Remember(mine);
        for (var i = 0; i < 100; i++)
        {
            _keys.Remember(Read($"passer-by {i}"));
            var again = Read("mine");
            _keys.Remember(again);

            Assert.Same(mine.Key, again.Key);
            Assert.InRange(_keys.Count, 1, 8);
        }
    }

    [Fact]
    public void Forgets_a_key_that_is_not_used_any_more()
    {
        var mine = Read("mine");
        _keys.Remember(mine);
        for (var i = 0; i < 8; i++)
        {
            _keys.Remember(Read($"passer-by {i}"));
        }

        Assert.NotSame(mine.Key, Read("mine").Key);
    }

    [Fact]
    public void Is_shared_by_many_threads()
    {
        Parallel.For(0, 5000, i =>
        {
            var found = Read($"{i % 20}");
            Assert.Equal(TestKeys.Es256.PublicKey.Thumbprint, found.Key.Thumbprint);
            _keys.Remember(found);
        });

        Assert.InRange(_keys.Count, 1, 8);
    }

    // The same point under another name: another spelling, so another entry.
    private EmbeddedKeys.Found Read(string keyId)
    {
        var jwk = TestKeys.Jwk(TestKeys.Es256);
        jwk["kid"] = keyId;
        var header = JsonElement.Parse(new JsonObject { ["jwk"] = jwk }.ToJsonString());
        Assert.Null(_keys.Read(header, out var found));
        return found;
    }
}
