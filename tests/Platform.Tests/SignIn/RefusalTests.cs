using System.Net;
using Platform.Tests.Topology;

namespace Platform.Tests.SignIn;

/// <summary>Refusals as the whole topology answers them; each service's own tests go through all of them.</summary>
public sealed class RefusalTests(SharedTopology shared)
{
    private readonly RunningTopology _topology = shared.Running;
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "analytical-engine")]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer(string username, string password)
    {
        using var person = new HttpUserAgent(_topology);

        using var page = await person.SignInAsync(username, password, _cancelled);

        Assert.StartsWith(_topology.Issuer, page.RequestMessage!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("user name or the password", await page.Content.ReadAsStringAsync(_cancelled), StringComparison.OrdinalIgnoreCase);
        Assert.Null(await person.SessionAsync(_cancelled));
    }

    [Fact]
    public async Task A_response_whose_signature_was_tampered_with_is_refused()
    {
        using var person = new HttpUserAgent(_topology);
        using var redirect = await person.SignInUntilCallbackAsync(User.Ada.Username, User.Ada.Password, _cancelled);

        using var answer = await person.GetAsync(Tampered(redirect), _cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await person.SessionAsync(_cancelled));
    }

    [Fact]
    public async Task A_code_in_another_persons_browser_is_refused()
    {
        using var person = new HttpUserAgent(_topology);
        using var thief = new HttpUserAgent(_topology);
        using var redirect = await person.SignInUntilCallbackAsync(User.Ada.Username, User.Ada.Password, _cancelled);

        using var answer = await thief.GetAsync(redirect.Headers.Location!.AbsoluteUri, _cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await thief.SessionAsync(_cancelled));
    }

    [Fact]
    public async Task A_foreign_redirect_uri_gets_a_page_and_no_redirect()
    {
        using var person = new HttpUserAgent(_topology);

        using var answer = await person.GetAsync(
            $"{_topology.Issuer}/authorize?client_id=bff-server&response_type=code&redirect_uri=https://evil.example/", _cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    // The last character of a signature holds bits that do not count.
    private static string Tampered(HttpResponseMessage redirect)
    {
        var address = redirect.Headers.Location!.AbsoluteUri;
        var last = address[^2] is 'A' ? 'B' : 'A';
        return $"{address[..^2]}{last}{address[^1]}";
    }
}
