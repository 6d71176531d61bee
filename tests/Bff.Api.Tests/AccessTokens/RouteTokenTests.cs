using Platform.Bff.AccessTokens;

namespace Platform.Bff.Tests.AccessTokens;

public sealed class RouteTokenTests
{
    [Fact]
    public void Tokens_that_are_asked_for_differently_have_different_names()
    {
        RouteToken[] tokens =
        [
            new(null, null, null), new("x", null, null), new(null, "x", null), new(null, null, "x"),
            new("x", "y", null), new("x", null, "y"), new("x y", null, null), new(null, "x", "y"),
        ];

        Assert.Equal(tokens.Length, tokens.Select(token => token.Name).Distinct().Count());
        Assert.Equal("", tokens[0].Name);
    }
}
