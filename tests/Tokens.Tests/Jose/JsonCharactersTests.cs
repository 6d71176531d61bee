using System.Text;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public sealed class JsonCharactersTests
{
    [Theory]
    [InlineData("""{"a":"plain"}""", true)]
    [InlineData("""{"a":"\u00e9\n\\ud800"}""", true)]
    [InlineData("""{"a":"\ud83d\ude00 and \uD83D\uDE00"}""", true)]
    [InlineData("""{"a":"\ud800"}""", false)]
    [InlineData("""{"\ud800":1}""", false)]
    [InlineData("""{"a":"\ude00\ud83d"}""", false)]
    [InlineData("""{"a":"\ud83d\ud83d"}""", false)]
    [InlineData("""{"a":"\ud83d\n"}""", false)]
    [InlineData("""{"a":"\\\ud800"}""", false)]
    public void Half_a_surrogate_pair_is_no_character(string json, bool whole) =>
        Assert.Equal(whole, JsonCharacters.AreWhole(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_characters() => Assert.False(JsonCharacters.AreWhole([(byte)'"', 0xff, (byte)'"']));
}
