using Platform.Tokens.DPoP;

namespace Platform.Tokens.Tests.DPoP;

public class HttpTargetUriTests
{
    [Theory]
    [InlineData("https://server.example/a/b", "https://server.example/a/b")]
    [InlineData("https://server.example/a/b?x=1", "https://server.example/a/b")]
    [InlineData("https://server.example/a/b#x", "https://server.example/a/b")]
    [InlineData("https://server.example/a/b#x?y", "https://server.example/a/b?z=1")]
    [InlineData("HTTPS://Server.Example/a/b", "https://server.example/a/b")]
    [InlineData("https://server.example:443/a/b", "https://server.example/a/b")]
    [InlineData("http://server.example:80/a/b", "http://server.example/a/b")]
    [InlineData("https://server.example", "https://server.example/")]
    [InlineData("https://server.example/", "https://server.example")]
    [InlineData("https://server.example/a/../a/./b", "https://server.example/a/b")]
    [InlineData("https://server.example/%61/%7eb", "https://server.example/a/~b")]
    [InlineData("https://server.example/%c3%bc%2fb", "https://server.example/%C3%BC%2Fb")]
    [InlineData("https://[::1]:443/a", "https://[::1]/a")]
    public void T38_is_the_same_address(string claimed, string expected) =>
        Assert.True(HttpTargetUri.Matches(claimed, expected));

    [Theory]
    [InlineData("", "https://server.example/a")]
    [InlineData("/a", "https://server.example/a")]
    [InlineData("//server.example/a", "https://server.example/a")]
    [InlineData("http://server.example/a", "https://server.example/a")]
    [InlineData("https://server.example:8443/a", "https://server.example/a")]
    [InlineData("https://server.example/A", "https://server.example/a")]
    [InlineData("https://server.example/a/", "https://server.example/a")]
    [InlineData("https://server.example/b", "https://server.example/a")]
    [InlineData("https://server.example.evil.example/a", "https://server.example/a")]
    [InlineData("https://user@server.example/a", "https://server.example/a")]
    [InlineData("https://evil.example/?https://server.example/a", "https://server.example/a")]
    [InlineData("https://server.example\\a", "https://server.example/a")]
    [InlineData("https:\\\\server.example/a", "https://server.example/a")]
    [InlineData(" https://server.example/a", "https://server.example/a")]
    [InlineData("https://server.example/a ", "https://server.example/a")]
    [InlineData("https://server.example/\u00fc", "https://server.example/%C3%BC")]
    [InlineData("https://server.example/a%2fb", "https://server.example/a/b")]
    [InlineData("ftp://server.example/a", "https://server.example/a")]
    public void T37_is_another_address(string claimed, string expected) =>
        Assert.False(HttpTargetUri.Matches(claimed, expected));

    [Fact]
    public void Does_not_normalise_an_address_of_any_length() => Assert.False(HttpTargetUri.Matches(
        "HTTPS://server.example/" + new string('a', 2048), "https://server.example/" + new string('a', 2048)));
}
