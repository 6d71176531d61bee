using System.Net;

namespace Platform.IdP.Tests.Device;

public sealed class UserCodeThrottlingTests(UserCodeThrottlingTests.Server server)
    : IClassFixture<UserCodeThrottlingTests.Server>
{
    [Fact]
    public async Task T64_Too_many_wrong_user_codes_of_a_person_or_an_address_refuse_the_right_one_too()
    {
        using var tv = new Television(server);
        var begun = await tv.BeginAsync();
        var right = begun.GetProperty("user_code").GetString()!;
        (await tv.SignInAsync()).Dispose();

        // A right code costs nothing.
        for (var i = 0; i < 4; i++)
        {
            await AssertAsync(HttpStatusCode.OK, tv, right);
        }

        for (var i = 0; i < 3; i++)
        {
            await AssertAsync(HttpStatusCode.BadRequest, tv, "BCDF-GHJK");
        }

        await AssertAsync(HttpStatusCode.TooManyRequests, tv, right);
        using var linked = await tv.Browser.GetAsync($"/device?user_code={right}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, linked.StatusCode);

        // Another session of hers is hers; another person has her own count, until the address has used up its own.
        using var again = new Television(server);
        (await again.SignInAsync()).Dispose();
        await AssertAsync(HttpStatusCode.TooManyRequests, again, right);
        using var grace = new Television(server);
        (await grace.SignInAsync(userName: "grace", password: "first-compiler")).Dispose();
        await AssertAsync(HttpStatusCode.OK, grace, right);
        await AssertAsync(HttpStatusCode.BadRequest, grace, "BCDF-GHJK");
        await AssertAsync(HttpStatusCode.BadRequest, grace, "BCDF-GHJK");
        await AssertAsync(HttpStatusCode.TooManyRequests, grace, right);
    }

    private static async Task AssertAsync(HttpStatusCode expected, Television tv, string userCode)
    {
        using var page = await tv.EnterAsync(userCode);
        Assert.Equal(expected, page.StatusCode);
    }

    public sealed class Server : DeviceServer
    {
        public Server()
        {
            Settings["Idp:Device:WrongCodesPerUser"] = "3";
            Settings["Idp:Device:WrongCodesPerAddress"] = "8";
        }
    }
}
