using Microsoft.Extensions.Configuration;
using Platform.IdP.Clients;
using Platform.IdP.Configuration;
using Platform.IdP.Resources;
using Platform.IdP.Users;

namespace Platform.IdP.Tests.Configuration;

public sealed class ConfigurationFilesTests : IDisposable
{
    private const string Client = """
        clients:
          - client_id: app
            token_endpoint_auth_method: client_secret_basic
            client_secret: ${APP_SECRET}
            grant_types: [authorization_code]
            redirect_uris: [https://app.test/callback]
            scopes: [openid, notes.read]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-config-").FullName;

    private readonly IConfiguration _configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("APP_SECRET", "a secret: with # yaml \" in it")]).Build();

    [Fact]
    public void Expands_names_whatever_their_values_look_like() =>
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData("a secret: with # yaml \" in it"u8),
            ReadClients(Client).Find("app")!.SecretHash);

    [Theory]
    [InlineData("${APP_SECRET}", "${OTHER}", 4, "${OTHER} is not set: set OTHER in the environment.")]
    [InlineData("${APP_SECRET}", "${OTHER", 4, "has no closing brace")]
    [InlineData("${APP_SECRET}", "short", 4, "shorter than 16 characters")]
    [InlineData("client_secret:", "client_secert:", 2, "give either 'client_secret' or 'client_secret_hash'")]
    [InlineData("client_secret:", "client_secret_hash:", 4, "base64url")]
    [InlineData("    grant_types: [authorization_code]\n", "", 2, "'grant_types' is missing")]
    [InlineData("[authorization_code]", "[password]", 5, "must be of authorization_code, refresh_token")]
    [InlineData("client_secret_basic", "password", 3, "must be of none, client_secret_basic, client_secret_post")]
    [InlineData("    redirect_uris: [https://app.test/callback]\n", "", 2, "'redirect_uris' is missing")]
    [InlineData("https://app.test/callback", "http://app.test/callback", 6, "must be an absolute https address")]
    [InlineData("https://app.test/callback", "https://app.test/*", 6, "must be an absolute https address")]
    [InlineData("https://app.test/callback", "javascript:alert(1)", 6, "must be an absolute https address")]
    [InlineData("notes.read", "notes.write", 7, "no resource has the scope 'notes.write'")]
    [InlineData("scopes:", "colour: red\n    scopes:", 7, "'colour' is not known here")]
    [InlineData("clients:", "customers:", 1, "expected the list 'clients:'")]
    [InlineData("  - client_id: app\n", "  - client_id: app\n    client_id: app\n", 3, "Duplicate key")]
    [InlineData("client_id: app", "client_id: [app]", 2, "must be a text")]
    public void A_fault_is_told_with_file_line_and_fix(string text, string replacement, int line, string fault)
    {
        var broken = Client.Replace(text, replacement, StringComparison.Ordinal);

        var thrown = Assert.Throws<ConfigurationFileException>(() => ReadClients(broken));

        Assert.Contains("clients.yaml, line " + line + ":", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_is_there_twice_is_refused()
    {
        var twice = Client + Client["clients:\n".Length..];

        var thrown = Assert.Throws<ConfigurationFileException>(() => ReadClients(twice));

        Assert.Contains("line 8: client_id 'app' is there twice", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scopes: [openid, notes.read]\n    scope: openid notes.read", true)]
    [InlineData("scopes: [openid, notes.read]\n    scope: openid", false)]
    [InlineData("scope: notes.read openid", true)]
    public void Scopes_may_be_a_list_or_a_text_or_both_when_they_agree(string scopes, bool accepted)
    {
        var text = Client.Replace("scopes: [openid, notes.read]", scopes, StringComparison.Ordinal);

        var fault = Record.Exception(() => ReadClients(text));

        Assert.Equal(accepted, fault is null);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var file = new ConfigurationFile(Path.Combine(_folder, "users.yaml"), _configuration);

        Assert.Contains("users.yaml", Assert.Throws<ConfigurationFileException>(() => UserDirectory.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password_hash: AQAAAAIAAYagAAAAEA==", "password_hash: plain", "no hash of ASP.NET Core's PasswordHasher")]
    [InlineData("username: b", "username: A", "username 'A' is there twice")]
    [InlineData("demo: true", "demo: yes", "must be true or false")]
    [InlineData("sub: \"1\"", "sub: \"2\"", "sub '2' is there twice")]
    public void A_fault_of_a_user_is_told(string text, string replacement, string fault)
    {
        const string Users = """
            users:
              - sub: "1"
                username: a
                name: A
                email: a@example.com
                password_hash: AQAAAAIAAYagAAAAEA==
                demo: true
              - sub: "2"
                username: b
                name: B
                email: b@example.com
                password_hash: AQAAAAIAAYagAAAAEA==
            """;
        Assert.NotNull(UserDirectory.Read(Write("users.yaml", Users)).FindByUserName("B"));
        var broken = Users.Replace(text, replacement, StringComparison.Ordinal);

        var thrown = Assert.Throws<ConfigurationFileException>(() => UserDirectory.Read(Write("users.yaml", broken)));

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_has_one_audience()
    {
        var file = Write("resources.yaml", """
            resources:
              - audience: one
                scopes: [a]
              - audience: two
                scopes: [a]
            """);

        var thrown = Assert.Throws<ConfigurationFileException>(() => ResourceRegistry.Read(file, "https://idp.test"));

        Assert.Contains("line 5: the scope 'a' has its audience already", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ClientRegistry ReadClients(string text)
    {
        var resources = Write("resources.yaml", "resources: [{audience: notes, scopes: [notes.read]}]");
        return ClientsFile.Read(Write("clients.yaml", text), ResourceRegistry.Read(resources, "https://idp.test"));
    }

    private ConfigurationFile Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return new ConfigurationFile(path, _configuration);
    }
}
