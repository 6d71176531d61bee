using System.Net;
using System.Net.Security;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Publish;

public sealed class PublishedTopologyTests(Publication publication) : IClassFixture<Publication>
{
    [Fact]
    public async Task Signs_in_and_revokes_in_Production_behind_a_proxy_that_ends_TLS()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var topology = await PublishedTopology.StartAsync(publication, cancelled);
        using var ada = new HttpUserAgent(topology.Portal, topology.Secrets);

        using var page = await ada.SignInAsync(User.Ada.Username, User.Ada.Password, cancelled);
        using var contacts = await ada.CallAsync(HttpMethod.Get, "/api/contacts", cancelled);

        Assert.Equal(topology.Portal, page.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority));
        var session = await ada.SessionAsync(cancelled);
        Assert.Equal(User.Ada.Name, session?.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, contacts.StatusCode);

        using var idp = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject is "CN=localhost" },
        })
        {
            BaseAddress = new Uri(topology.Issuer),
        };
        await new Administrator(idp, topology.AdministratorSecret).RevokeUserAsync(session!.Value.GetProperty("subject").GetString()!, cancelled);
        await Eventually.BecomesTrueAsync(async () => await ada.SessionAsync(cancelled) is null, cancelled);
    }
}
