using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Configuration;
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

    private Client? Look()
    {
        server.Clock.Advance(ConfigurationReload.Interval);
        return Clients.Find("by-hand");
    }

    private Task WriteAsync(string text) => File.WriteAllTextAsync(server.ClientsFile, text, Cancelled);
}
