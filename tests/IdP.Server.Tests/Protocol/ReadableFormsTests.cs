using System.Net;
using System.Text;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

/// <summary>Forms that cannot be read, at whichever endpoint.</summary>
public sealed class ReadableFormsTests(IdpServer server) : IClassFixture<IdpServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/userinfo", "application/json")]
    [InlineData("/token", "application/json")]
    [InlineData("/admin/revocations", "application/json")]
    [InlineData("/login", "text/html")]
    [InlineData("/device", "text/html")]
    [InlineData("/account/password", "text/html")]
    public async Task Of_the_wrong_type_are_refused(string path, string answer)
    {
        using var client = server.NewClient();
        foreach (var type in new[] { "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"\"" })
        {
            using var form = new ByteArrayContent("form_token=x"u8.ToArray());
            form.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await client.PostAsync(path, form, Cancelled);

            await AssertRefusedAsync(response, HttpStatusCode.BadRequest, answer);
        }
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/par")]
    public async Task Of_a_type_that_is_none_are_refused(string path)
    {
        using var client = server.NewClient();
        using var form = new ByteArrayContent("grant_type=x"u8.ToArray());
        form.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=nonsense,%00");
        using var response = await client.PostAsync(path, form, Cancelled);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, "application/json");
    }

    [Theory]
    [InlineData("/userinfo", "application/json")]
    [InlineData("/token", "application/json")]
    [InlineData("/device", "text/html")]
    public async Task With_a_null_character_or_too_many_fields_are_refused(string path, string answer)
    {
        using var client = server.NewClient();
        foreach (var form in new[] { "form_token=a%00b", string.Join('&', Enumerable.Range(0, 2000).Select(field => $"f{field}=x")) })
        {
            using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await client.PostAsync(path, content, Cancelled);

            await AssertRefusedAsync(response, HttpStatusCode.BadRequest, answer);
        }
    }

    [Theory]
    [InlineData("/userinfo", "application/json")]
    [InlineData("/device", "text/html")]
    [InlineData("/login", "text/html")]
    public async Task Threat29_That_are_too_large_are_refused(string path, string answer)
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("form_token", new string('a', 70_000))]),
        };

        // So that the answer is there before the body is on its way.
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, Cancelled);

        await AssertRefusedAsync(response, HttpStatusCode.RequestEntityTooLarge, answer);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("invalid_request", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }
}
