using Microsoft.Extensions.Options;

namespace Platform.Spa.Tests.Pages;

/// <summary>Where the page's frames may go: through a silent sign-in and nowhere else.</summary>
public sealed class SignInOriginsTests : IAsyncDisposable
{
    private readonly SpaServer _spa = new();

    [Fact]
    public async Task Frames_may_go_where_a_silent_sign_in_goes_and_nothing_else_may()
    {
        await _spa.StartAsync("https://id.example", "https://login.example:8443");

        using var response = await _spa.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries);

        Assert.Contains("frame-src 'self' https://id.example https://login.example:8443", policy);
        Assert.Single(policy, directive => directive.Contains("https:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_this_machine_it_may_go_there_without_TLS()
    {
        await _spa.StartAsync("http://localhost:5100");

        using var response = await _spa.Http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("frame-src 'self' http://localhost:5100;", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://id.example")]
    [InlineData("https://id.example/")]
    [InlineData("https://id.example/tenant")]
    [InlineData("https://id.example; script-src *")]
    [InlineData("https://*.example https://id.example")]
    [InlineData("id.example")]
    [InlineData("*")]
    [InlineData("")]
    public async Task What_is_no_origin_stops_the_start(string origin)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => _spa.StartAsync(origin).AsTask());

        Assert.Equal(
            $"Pages:SignInOrigins has '{origin}': give https origins without a path (for example https://localhost:7100), or http ones of this machine.",
            refusal.Message);
    }

    public ValueTask DisposeAsync() => _spa.DisposeAsync();
}
