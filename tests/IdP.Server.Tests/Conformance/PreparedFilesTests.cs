using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Platform.IdP.AuthorizationDetails;
using Platform.IdP.Clients;
using Platform.IdP.Configuration;
using Platform.IdP.Registration;
using Platform.IdP.Resources;

namespace Platform.IdP.Tests.Conformance;

/// <summary>The server takes what docs/conformance/prepare.mjs writes, and the plans name the clients that are in it.</summary>
public sealed class PreparedFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prepared-").FullName;

    [Fact]
    public async Task The_server_reads_what_the_script_writes()
    {
        Assert.SkipUnless(IsOnPath("node") && IsOnPath("openssl"), "the script needs node and openssl");

        await PrepareAsync();

        var resources = ResourceRegistry.Read(Written("resources.yaml"), "https://idp.test");
        var clients = ClientsFile.Read(Written("clients.yaml"), resources);
        Assert.Equal("openid-connect", RegistrationPolicyFile.Read(Written("dcr_config.yaml")).Profiles[0].Name);
        Assert.Equal(["conformance"], AuthorizationDetailsTypes.Read(Written("authorization_details.yaml")).Names);
        var plans = Directory.GetFiles(Path.Combine(_folder, "plans"));
        Assert.Equal(10, plans.Length);
        foreach (var (plan, named) in plans.SelectMany(plan => ClientsOf(plan).Select(client => (plan, client))))
        {
            Assert.True(clients.Find(named) is not null, $"{plan} names {named}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task PrepareAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "conformance", "prepare.mjs");
        var config = Path.Combine(AppContext.BaseDirectory, "config");
        using var node = Process.Start(new ProcessStartInfo("node", [script, _folder, "--config", config]) { RedirectStandardError = true })!;
        var fault = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, fault);
    }

    private ConfigurationFile Written(string name) =>
        new(Path.Combine(_folder, "config", name), new ConfigurationBuilder()
            .AddInMemoryCollection(Settings())
            .Build());

    private IEnumerable<KeyValuePair<string, string?>> Settings() => File.ReadAllLines(Path.Combine(_folder, "server.env"))
        .Select(line => line.Split('=', 2))
        .Select(pair => KeyValuePair.Create<string, string?>(pair[0].Replace("__", ":", StringComparison.Ordinal), pair[1]));

    private static IEnumerable<string> ClientsOf(string plan)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(plan));
        foreach (var role in new[] { "client", "client2", "client_secret_post" })
        {
            if (json.RootElement.TryGetProperty(role, out var client) && client.TryGetProperty("client_id", out var id))
            {
                yield return id.GetString()!;
            }
        }
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
