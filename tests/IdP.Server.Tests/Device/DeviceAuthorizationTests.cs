using System.Net;
using System.Text;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Device;

public sealed class DeviceAuthorizationTests(DeviceServer server) : IClassFixture<DeviceServer>, IDisposable
{
    private readonly Television _tv = new(server);

    [Theory]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "openid email", "invalid_scope")]
    [InlineData("scope", "unheard.of", "invalid_scope")]
    [InlineData("resource", "https://unknown.test", "invalid_target")]
    [InlineData("authorization_details", "{}", "invalid_authorization_details")]
    [InlineData("claims", "[]", "invalid_request")]
    public async Task A_request_with_a_fault_is_refused(string name, string? value, string error)
    {
        using var response = await _tv.PostAsync("/device_authorization", ("scope", "openid"), (name, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_client_without_the_grant_is_refused()
    {
        using var response = await _tv.PostAsync("/device_authorization",
            ("client_id", "plain"), ("client_secret", IdpServer.PlainSecret), ("scope", "openid"));

        Assert.Equal("unauthorized_client", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_client_that_does_not_authenticate_is_refused()
    {
        using var response = await _tv.PostAsync("/device_authorization", ("client_secret", "wrong"), ("scope", "openid"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_client", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var response = await _tv.Backchannel.PostAsync("/device_authorization", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal("invalid_request", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_metadata_names_the_endpoint_and_the_grant()
    {
        var metadata = await Portal.Json(await _tv.Backchannel.GetAsync("/.well-known/openid-configuration"));

        Assert.Equal(IdpServer.Issuer + "/device_authorization", metadata.GetProperty("device_authorization_endpoint").GetString());
        Assert.Contains(metadata.GetProperty("grant_types_supported").EnumerateArray(),
            grant => grant.GetString() == "urn:ietf:params:oauth:grant-type:device_code");
    }

    public void Dispose() => _tv.Dispose();
}
