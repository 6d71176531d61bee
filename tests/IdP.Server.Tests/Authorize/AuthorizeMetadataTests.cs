using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

public sealed class AuthorizeMetadataTests(AuthorizeServer server) : IClassFixture<AuthorizeServer>
{
    [Theory]
    [InlineData("response_types_supported", "code")]
    [InlineData("response_modes_supported", "query form_post jwt query.jwt form_post.jwt")]
    [InlineData("prompt_values_supported", "none login consent select_account")]
    [InlineData("code_challenge_methods_supported", "S256")]
    [InlineData("ui_locales_supported", "en de")]
    [InlineData("authorization_details_types_supported", "payment anything")]
    public async Task T62_Lists_what_a_request_may_say(string name, string values) =>
        Assert.Equal(values.Split(' '), Texts((await GetAsync()).GetProperty(name)));

    [Theory]
    [InlineData("claims_parameter_supported", true)]
    [InlineData("request_parameter_supported", true)]
    [InlineData("request_uri_parameter_supported", true)]
    [InlineData("require_request_uri_registration", true)]
    [InlineData("require_signed_request_object", false)]
    [InlineData("require_pushed_authorization_requests", false)]
    [InlineData("authorization_response_iss_parameter_supported", true)]
    public async Task T62_Says_what_it_supports(string name, bool value) =>
        Assert.Equal(value, (await GetAsync()).GetProperty(name).GetBoolean());

    [Theory]
    [InlineData("request_object_signing_alg_values_supported")]
    [InlineData("authorization_signing_alg_values_supported")]
    public async Task T62_T76_Signature_algorithms_are_those_of_the_platform(string name)
    {
        var algorithms = Texts((await GetAsync()).GetProperty(name));

        Assert.Contains("ES256", algorithms);
        Assert.DoesNotContain(algorithms, algorithm => algorithm is "none" || algorithm!.StartsWith("HS", StringComparison.Ordinal));
    }

    private async Task<JsonElement> GetAsync()
    {
        using var client = server.NewClient();
        return JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/.well-known/oauth-authorization-server"));
    }

    private static IReadOnlyList<string?> Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString())];
}
