using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Registration;

public sealed class RegistrationTests(RegistrationServer server) : IClassFixture<RegistrationServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T51_Answers_what_was_registered()
    {
        var client = await server.RegisteredAsync();

        Assert.NotNull(client["client_id"]);
        Assert.NotNull(client["client_secret"]);
        Assert.Equal(0, (long)client["client_secret_expires_at"]!);
        Assert.NotNull(client["registration_access_token"]);
        Assert.Equal($"{IdpServer.Issuer}/register/{client["client_id"]}", (string)client["registration_client_uri"]!);
        Assert.Equal("openid profile", (string)client["scope"]!);
        Assert.Equal("code", (string)client["response_types"]![0]!);
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeSeconds(), (long)client["client_id_issued_at"]!);
        Assert.Null(client["client_secret_hash"]);
        Assert.Null(client["registration_access_token_hash"]);
    }

    [Fact]
    public async Task The_new_client_is_known_at_once_and_its_secret_is_stored_as_a_hash()
    {
        var client = await server.RegisteredAsync();
        var secret = (string)client["client_secret"]!;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client["client_id"]}:{secret}")));
        request.Content = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", "none")]);
        using var response = await server.Http.SendAsync(request, Cancelled);

        Assert.Equal("invalid_grant", await RegistrationServer.ErrorAsync(response));
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(server.ClientsFile, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T52_Refuses_without_an_initial_access_token_and_with_one_that_is_unknown_spent_or_expired()
    {
        var (spent, expired) = (await server.PermissionAsync(), await server.PermissionAsync());
        using (await server.RegisterAsync(RegistrationServer.Metadata(), spent))
        {
            foreach (var token in new[] { null, "unknown", spent })
            {
                await RefusesAsync(token);
            }
        }

        server.Clock.Advance(TimeSpan.FromHours(1));
        await RefusesAsync(expired);
    }

    [Fact]
    public async Task Threat21_An_initial_access_token_registers_one_client_however_many_try_at_once()
    {
        var token = await server.PermissionAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.RegisterAsync(RegistrationServer.Metadata(), token)));

        Assert.Single(responses, response => response.StatusCode is HttpStatusCode.Created);
        Assert.All(responses, response => response.Dispose());
    }

    [Fact]
    public async Task Registrations_at_the_same_time_lose_nothing_and_keep_what_people_wrote()
    {
        await File.AppendAllTextAsync(server.ClientsFile, "\n  # A comment that somebody wrote.\n", Cancelled);

        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.RegisteredAsync()));

        var file = await File.ReadAllTextAsync(server.ClientsFile, Cancelled);
        Assert.All(clients, client => Assert.Contains($"\"{client["client_id"]}\"", file, StringComparison.Ordinal));
        Assert.Contains("# A comment that somebody wrote.", file, StringComparison.Ordinal);
        Assert.Contains("client_secret: ${BFF_CLIENT_SECRET}", file, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(server.ClientsFile)!, "*.draft"));
    }

    [Fact]
    public async Task T57_A_client_id_is_registered_once_unless_it_is_replaced_by_force()
    {
        var metadata = RegistrationServer.Metadata();
        using var first = await server.RegisterAsync(metadata, await server.PermissionAsync(clientId: "bff-of-a-team"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var before = await File.ReadAllTextAsync(server.ClientsFile, Cancelled);

        var again = await server.PermissionAsync(clientId: "bff-of-a-team");
        using var second = await server.RegisterAsync(metadata, again);
        Assert.Equal("invalid_client_metadata", await RegistrationServer.ErrorAsync(second));
        Assert.Equal(before, await File.ReadAllTextAsync(server.ClientsFile, Cancelled));

        metadata["force_replace"] = true;
        using var third = await server.RegisterAsync(metadata, again);
        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
    }

    private async Task RefusesAsync(string? token)
    {
        using var response = await server.RegisterAsync(RegistrationServer.Metadata(), token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
    }
}
