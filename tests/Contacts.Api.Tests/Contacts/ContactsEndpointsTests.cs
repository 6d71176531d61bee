using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Contacts.Tests.Contacts;

public sealed class ContactsEndpointsTests(ContactsServer server) : IClassFixture<ContactsServer>
{
    [Fact]
    public async Task Lists_the_contacts_of_the_owner()
    {
        var (response, book) = await ListAsync("ada");

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("ada", book.GetProperty("owner").GetString());
        var contacts = book.GetProperty("contacts").EnumerateArray().ToArray();
        Assert.Equal(6, contacts.Length);
        Assert.All(contacts, contact =>
        {
            Assert.NotEmpty(contact.GetProperty("name").GetString()!);
            Assert.EndsWith("@example.org", contact.GetProperty("email").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("+1 202 555 01", contact.GetProperty("phone").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Lists_the_same_for_the_same_owner_and_others_for_another()
    {
        var ada = (await ListAsync("ada")).Book.GetProperty("contacts").GetRawText();

        Assert.Equal(ada, (await ListAsync("ada")).Book.GetProperty("contacts").GetRawText());
        Assert.NotEqual(ada, (await ListAsync("grace")).Book.GetProperty("contacts").GetRawText());
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Says_its_health_to_anybody(string path) =>
        Assert.Equal("Healthy", await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken));

    private async Task<(HttpResponseMessage Response, JsonElement Book)> ListAsync(string owner)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token(owner));
        var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }
}
