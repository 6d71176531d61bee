using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Tests;

public sealed class CookiesTests
{
    [Fact]
    public void Go_to_the_paths_that_they_were_set_for_until_they_expire()
    {
        var cookies = new Cookies();
        cookies.Keep(["form=1=; path=/; secure; httponly", "step=2; path=/interaction; expires=Thu, 01 Jan 2099 00:00:00 GMT"]);

        Assert.Equal("Cookie: form=1=\r\n", cookies.HeaderFor("/authorize"));
        Assert.Equal("Cookie: form=1=; step=2\r\n", cookies.HeaderFor("/interaction/7"));

        cookies.Keep(["form=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT"]);
        Assert.Equal("", cookies.HeaderFor("/authorize"));
    }
}
