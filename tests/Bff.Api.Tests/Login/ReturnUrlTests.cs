using Platform.Bff.Login;

namespace Platform.Bff.Tests.Login;

public sealed class ReturnUrlTests
{
    private const string Origin = "https://portal.test:7000";

    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("/contacts", "/contacts")]
    [InlineData("/contacts?sort=name&page=2#row-3", "/contacts?sort=name&page=2#row-3")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/caf%C3%A9", "/caf%C3%A9")]
    [InlineData("/café", "/caf%C3%A9")]
    [InlineData("/search?q=100%25", "/search?q=100%25")]
    [InlineData("/authors", "/authors")]
    public void Accepts_a_path_of_this_origin(string? wanted, string canonical) =>
        Assert.Equal(canonical, ReturnUrl.Local(wanted, Origin));

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://portal.test:7000/")]
    [InlineData("http:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/contacts\\..\\..")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/\0/evil.example")]
    [InlineData("/contacts\r\nSet-Cookie: a=b")]
    [InlineData("/contacts%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/%255cevil.example")]
    [InlineData("/%25252525252fevil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("~/contacts")]
    [InlineData(" /contacts")]
    [InlineData("contacts")]
    [InlineData("@evil.example")]
    [InlineData("/auth/login")]
    [InlineData("/auth/callback?code=1")]
    [InlineData("/x/../auth/login")]
    public void F4_R1_refuses_everything_else(string wanted) => Assert.Null(ReturnUrl.Local(wanted, Origin));

    [Fact]
    public void Refuses_a_path_that_would_not_fit_a_header() => Assert.Null(ReturnUrl.Local("/" + new string('a', 2000), Origin));

    private static readonly Uri[] Listed = [new("https://app.example/start"), new("https://docs.example:8443")];

    [Theory]
    [InlineData("https://app.example/start", "https://app.example/start")]
    [InlineData("https://app.example/start/", "https://app.example/start/")]
    [InlineData("https://app.example/start/here?x=1#y", "https://app.example/start/here?x=1#y")]
    [InlineData("https://APP.example/start", "https://app.example/start")]
    [InlineData("https://app.example:443/start", "https://app.example/start")]
    [InlineData("https://app.example/start?next=https%3A%2F%2Fevil.example", "https://app.example/start?next=https%3A%2F%2Fevil.example")]
    [InlineData("https://docs.example:8443", "https://docs.example:8443/")]
    [InlineData("https://docs.example:8443/any/page", "https://docs.example:8443/any/page")]
    public void Accepts_what_is_below_an_address_of_the_list(string wanted, string canonical) =>
        Assert.Equal(canonical, ReturnUrl.Listed(wanted, Listed));

    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/starter")]
    [InlineData("https://app.example/Start")]
    [InlineData("https://app.example/start/../other")]
    [InlineData("https://app.example/start/%2e%2e/other")]
    [InlineData("https://app.example/start/%252e%252e/other")]
    [InlineData("https://app.example/start%2f..%2fother")]
    [InlineData("https://app.example/start\\..\\other")]
    [InlineData("https://app.example/start%5c..%5cother")]
    [InlineData("https://app.example.evil.com/start")]
    [InlineData("https://evil-app.example/start")]
    [InlineData("https://evil.com/app.example/start")]
    [InlineData("https://app.example@evil.com/start")]
    [InlineData("https://app.example%40evil.com/start")]
    [InlineData("https://user:pw@app.example/start")]
    [InlineData("https://app.example:8443/start")]
    [InlineData("https://docs.example/any")]
    [InlineData("http://app.example/start")]
    [InlineData("https:app.example/start")]
    [InlineData("https:/app.example/start")]
    [InlineData("https:///app.example/start")]
    [InlineData("https:\\\\app.example/start")]
    [InlineData("//app.example/start")]
    [InlineData(" https://app.example/start")]
    [InlineData("https://app.example/start\r\nX: y")]
    [InlineData("https://app.example/start%0d%0aX")]
    [InlineData("https://app.\texample/start")]
    [InlineData("javascript:alert(1)//https://app.example/start")]
    [InlineData("")]
    public void R1_refuses_the_neighbours_of_the_list(string wanted) => Assert.Null(ReturnUrl.Listed(wanted, Listed));
}
