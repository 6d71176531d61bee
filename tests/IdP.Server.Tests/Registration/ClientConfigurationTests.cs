using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Platform.IdP.Tests.Registration;

public sealed class ClientConfigurationTests(RegistrationServer server) : IClassFixture<RegistrationServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_reads_its_registration()
    {
        var client = await server.RegisteredAsync();

        using var response = await SendAsync(HttpMethod.Get, client);

        var shown = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
        Assert.Equal("A newcomer", (string)shown["client_name"]!);
        Assert.Equal((string)client["client_id"]!, (string)shown["client_id"]!);
        Assert.Null(shown["client_secret"]);
    }

    [Fact]
    public async Task A_client_updates_its_registration_and_keeps_its_secret()
    {
        var client = await server.RegisteredAsync();
        var metadata = RegistrationServer.Metadata();
        metadata["client_id"] = (string)client["client_id"]!;
        metadata["client_secret"] = (string)client["client_secret"]!;
        metadata["client_name"] = "Renamed";

        using var response = await UpdateAsync(client, metadata);

        var shown = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Renamed", (string)shown["client_name"]!);
        Assert.Null(shown["client_secret"]);
        Assert.Contains("\"Renamed\"", await File.ReadAllTextAsync(server.ClientsFile, Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "another")]
    [InlineData("client_secret", "chosen by the client")]
    [InlineData("grant_types", "client_credentials")]
    public async Task T56_Refuses_an_update_without_the_clients_own_identifier_and_secret(string name, string? value)
    {
        var client = await server.RegisteredAsync();
        var metadata = RegistrationServer.Metadata();
        metadata["client_id"] = (string)client["client_id"]!;
        metadata[name] = value;

        using var response = await UpdateAsync(client, metadata);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task T56_A_deleted_client_is_gone()
    {
        var client = await server.RegisteredAsync();

        using var deleted = await SendAsync(HttpMethod.Delete, client);
        using var read = await SendAsync(HttpMethod.Get, client);
        using var again = await SendAsync(HttpMethod.Delete, client);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, read.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task T56_Threat21_Refuses_the_registration_access_token_of_another_client_and_clients_that_never_had_one()
    {
        var (mine, other) = (await server.RegisteredAsync(), await server.RegisteredAsync());
        var mixed = mine.DeepClone().AsObject();
        mixed["registration_access_token"] = (string)other["registration_access_token"]!;
        using var foreign = await SendAsync(HttpMethod.Get, mixed);
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);

        mixed["registration_client_uri"] = "/register/bff-server";
        using var operators = await SendAsync(HttpMethod.Delete, mixed);
        Assert.Equal(HttpStatusCode.Unauthorized, operators.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, JsonObject client)
    {
        using var request = new HttpRequestMessage(method, (string)client["registration_client_uri"]!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)client["registration_access_token"]!);
        return await server.Http.SendAsync(request, Cancelled);
    }

    private Task<HttpResponseMessage> UpdateAsync(JsonObject client, JsonObject metadata) => server.RegisterAsync(
        metadata, (string)client["registration_access_token"]!, HttpMethod.Put, (string)client["registration_client_uri"]!);
}
