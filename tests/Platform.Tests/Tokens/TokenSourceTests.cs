using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Topology;

namespace Platform.Tests.Tokens;

/// <summary>
/// Routes whose calls carry another token than the session's, got from our own authorization server; the API asks it about
/// each of them (RFC 7662).
/// </summary>
public sealed class TokenSourceTests
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Audience = "urn:platform:contacts-api";

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task S3_42_A_call_carries_an_exchanged_token_or_one_got_with_an_assertion_as_its_route_says()
    {
        using var files = new IdpFiles();
        var secret = RandomNumberGenerator.GetHexString(48);
        Allow(files, secret);
        await using var topology = await RunningTopology.StartAsync(builder => Configure(builder, files, secret));
        topology.Secrets.Add(secret);
        using var person = new HttpUserAgent(topology);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);

        // The contacts depend on whose the token is.
        var owner = await OwnerAsync(person, "/api/contacts");
        Assert.Equal(owner, await OwnerAsync(person, "/api/exchanged"));
        Assert.Equal(owner, await OwnerAsync(person, "/api/asserted"));
        using var refused = await person.CallAsync(HttpMethod.Get, "/api/of-another", _cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var lines = await ConsoleAsync(topology);
        Assert.Contains(lines, line => Issued(line, Exchange));
        Assert.Contains(lines, line => Issued(line, JwtBearer));
    }

    private static bool Issued(string line, string grant) =>
        line.Contains($"A token was issued by {grant} to bff-server", StringComparison.Ordinal);

    private async Task<string> OwnerAsync(HttpUserAgent person, string path)
    {
        using var answer = await person.CallAsync(HttpMethod.Get, path, _cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(_cancelled));
        return json.RootElement.GetProperty("owner").GetString()!;
    }

    private static async Task<IReadOnlyList<string>> ConsoleAsync(RunningTopology topology)
    {
        var lines = new List<string>();
        await foreach (var batch in topology.App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync("idp"))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }

    private static void Allow(IdpFiles files, string secret)
    {
        var clients = files.PathOf("clients.yaml");
        var shipped = File.ReadAllText(clients);
        var allowed = shipped.Replace(
            "grant_types: [authorization_code, refresh_token]",
            $"grant_types: [authorization_code, refresh_token, '{Exchange}', '{JwtBearer}']", StringComparison.Ordinal);
        Assert.NotEqual(shipped, allowed);
        File.WriteAllText(clients, $"""
            {allowed.TrimEnd()}

              - client_id: contacts-api
                token_endpoint_auth_method: client_secret_basic
                client_secret: {secret}
                grant_types: [client_credentials]
                scopes: [contacts.read]

            """);
        var resources = files.PathOf("resources.yaml");
        File.WriteAllText(resources, File.ReadAllText(resources).Replace(
            $"  - audience: {Audience}\n", $"  - audience: {Audience}\n    introspection_clients: [contacts-api]\n", StringComparison.Ordinal));
        File.WriteAllText(files.PathOf("token_exchange.yaml"), $"""
            exchanges:
              - client_id: bff-server
                audiences: ['{Audience}']
                acts_for: ['{Audience}']
            """);
        File.WriteAllText(files.PathOf("issuers.yaml"), """
            issuers:
              - issuer: ${BFF_HTTPS}
                jwks_uri: ${BFF_HTTPS}/.well-known/jwks.json
                clients: [bff-server]
                scopes: [contacts.read]
            """);
    }

    private static void Configure(IDistributedApplicationTestingBuilder builder, IdpFiles files, string secret)
    {
        builder.Project("idp").WithEnvironment("Idp__ConfigFolder", files.Folder);
        builder.Project("contacts-api")
            .WithEnvironment("Oidc__Introspection__ClientId", "contacts-api")
            .WithEnvironment("Oidc__Introspection__ClientSecret", secret);
        var bff = builder.Project("bff");
        AddRoute(bff, "exchanged", ("Token", "exchange"), ("Audience", Audience));
        AddRoute(bff, "of-another", ("Token", "exchange"), ("Audience", "urn:platform:another-api"));
        AddRoute(bff, "asserted", ("Token", "jwt-bearer"), ("Assertion", "signed"), ("Scope", "contacts.read"));
    }

    private static void AddRoute(IResourceBuilder<ProjectResource> bff, string name, params (string Name, string Value)[] metadata)
    {
        var route = $"ReverseProxy__Routes__{name}__";
        bff.WithEnvironment($"{route}ClusterId", "contacts-api")
            .WithEnvironment($"{route}Match__Path", $"/api/{name}")
            .WithEnvironment($"{route}Match__Methods__0", "GET")
            .WithEnvironment($"{route}Transforms__0__PathSet", "/contacts");
        foreach (var (member, value) in metadata)
        {
            bff.WithEnvironment($"{route}Metadata__{member}", value);
        }
    }
}
