using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Subjects;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Subjects;

public sealed class SubjectTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task A_sector_knows_a_person_by_one_identifier_and_others_by_another()
    {
        var one = await SubjectAsync("pair-one", "https://pair.test/one");
        var two = await SubjectAsync("pair-two", "https://pair.test/two");
        var other = await SubjectAsync("pair-other");
        var open = await SubjectAsync("app");

        Assert.Equal(one, two);
        Assert.Equal(3, new HashSet<string>([one, other, open]).Count);
        Assert.Equal("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", open);
    }

    [Fact]
    public async Task All_that_the_client_sees_has_the_same_identifier()
    {
        using var app = new App(server, "pair-one", "https://pair.test/one");
        var tokens = await app.SignInAsync("openid offline_access");
        var subject = Portal.Claims(tokens.IdToken()).GetProperty("sub").GetString();

        using var refresh = await app.RefreshAsync(tokens.RefreshToken());
        var refreshed = await App.OkAsync(refresh);
        using var userInfo = await app.Portal.GetWithTokenAsync("/userinfo", refreshed.AccessToken());
        using var accessToken = await app.PostAsync("/introspect", new() { ["token"] = refreshed.AccessToken() });
        using var refreshToken = await app.PostAsync("/introspect", new() { ["token"] = refreshed.RefreshToken() });

        Assert.Equal(subject, Portal.Claims(refreshed.IdToken()).GetProperty("sub").GetString());
        Assert.Equal(subject, Portal.Claims(refreshed.AccessToken()).GetProperty("sub").GetString());
        foreach (var response in new[] { userInfo, accessToken, refreshToken })
        {
            Assert.Equal(subject, (await App.OkAsync(response)).GetProperty("sub").GetString());
        }
    }

    [Fact]
    public async Task A_presented_identifier_is_compared_as_the_client_knows_it()
    {
        var subjects = server.Services.GetRequiredService<SubjectIdentifiers>();
        var client = server.Services.GetRequiredService<ClientRegistry>().Find("pair-one")!;
        var presented = await SubjectAsync("pair-one", "https://pair.test/one");

        Assert.True(subjects.Matches(client, "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", presented));
        Assert.False(subjects.Matches(client, "c84e9d27-1a6f-4e83-b0d5-93a7f2410e6c", presented));
        Assert.False(subjects.Matches(client, "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10"));
    }

    [Fact]
    public async Task T10_A_hint_names_the_person_as_its_client_knows_her()
    {
        using var app = new App(server, "pair-one", "https://pair.test/one");
        var tokens = await app.SignInAsync("openid");
        (string, string?)[] request =
            [("client_id", "pair-one"), ("redirect_uri", app.RedirectUri), ("scope", "openid"), ("prompt", "none")];

        using var same = await app.Portal.Browser.GetAsync(
            Portal.PlainAddress([.. request, ("id_token_hint", tokens.IdToken())]), TestContext.Current.CancellationToken);

        Assert.True(Portal.Answer(same, app.RedirectUri).ContainsKey("code"));
    }

    [Fact]
    public async Task The_metadata_offers_both_types()
    {
        using var client = server.NewClient();
        using var response = await client.GetAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken);

        Assert.Equal(["public", "pairwise"], (await App.OkAsync(response)).GetProperty("subject_types_supported")
            .EnumerateArray().Select(type => type.GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("too-short")]
    public async Task Without_a_long_salt_a_pairwise_client_stops_the_start(string? salt)
    {
        await using var other = new TokenServer();
        other.Settings.Remove("Idp:PairwiseSalt");
        if (salt is not null)
        {
            other.Settings["Idp:PairwiseSalt"] = salt;
        }

        await using var program = other.Start();
        Assert.Equal(1, await program.Ended);
    }

    private async Task<string> SubjectAsync(string clientId, string? redirectUri = null)
    {
        using var app = new App(server, clientId, redirectUri);
        return Portal.Claims((await app.SignInAsync("openid")).IdToken()).GetProperty("sub").GetString()!;
    }
}
