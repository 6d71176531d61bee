using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Configuration;
using Platform.IdP.Grants;
using Platform.Testing;

namespace Platform.IdP.Tests.Registration;

public sealed class ClientsReloadTests(RegistrationServer server) : IClassFixture<RegistrationServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ClientRegistry Clients => server.Services.GetRequiredService<ClientRegistry>();

    [Fact]
    public async Task A_hands_edit_is_taken_up_and_a_broken_file_leaves_the_last_good_one_in_force()
    {
        var good = await File.ReadAllTextAsync(server.ClientsFile, Cancelled) + """

              - client_id: by-hand
                token_endpoint_auth_method: none
                grant_types: [authorization_code]
                redirect_uris: [https://by-hand.test/callback]
                scopes: [openid]

            """;
        await WriteAsync(good);
        await Eventually.BecomesTrueAsync(() => Look() is not null, Cancelled);

        await WriteAsync(good + "  - client_id: [broken\n");
        Look();
        await WriteAsync(good.Replace("by-hand.test", "by-hand-again.test", StringComparison.Ordinal));

        await Eventually.BecomesTrueAsync(() => Look()!.RedirectUris[0] == "https://by-hand-again.test/callback", Cancelled);
        Assert.NotNull(Clients.Find("bff-server"));
    }

    [Fact]
    public async Task A_client_that_is_removed_loses_its_grants_and_another_keeps_its_own()
    {
        var grants = server.Services.GetRequiredService<AuthorizationGrantStore>();
        var text = await File.ReadAllTextAsync(server.ClientsFile, Cancelled);
        await WriteAsync(text + """

              - client_id: leaving
                token_endpoint_auth_method: none
                grant_types: [authorization_code]
                redirect_uris: [https://leaving.test/callback]
                scopes: [openid]

            """);
        await PassesAsync(() => server.Redis.Connection.GetDatabase().SetContains(ClientDepartures.KnownKey, "leaving"));
        await grants.SaveAsync(Grant("leaving"));
        await grants.SaveAsync(Grant("bff-server"));

        await WriteAsync(text);

        await PassesAsync(() => !server.Redis.Connection.GetDatabase().SetContains(ClientDepartures.KnownKey, "leaving"));
        Assert.Null(await grants.FindAsync("of leaving"));
        Assert.NotNull(await grants.FindAsync("of bff-server"));
    }

    private static AuthorizationGrant Grant(string clientId) => new()
    {
        Id = $"of {clientId}",
        ClientId = clientId,
        Subject = "ada",
        Scopes = ["openid"],
        AuthenticatedAt = DateTimeOffset.MaxValue,
    };

    private Task PassesAsync(Func<bool> condition) => Eventually.BecomesTrueAsync(() =>
    {
        server.Clock.Advance(ConfigurationReload.Interval);
        return condition();
    }, Cancelled);

    private Client? Look()
    {
        server.Clock.Advance(ConfigurationReload.Interval);
        return Clients.Find("by-hand");
    }

    private Task WriteAsync(string text) => File.WriteAllTextAsync(server.ClientsFile, text, Cancelled);
}
