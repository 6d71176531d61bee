using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Topology;

namespace Platform.Tests.Registration;

/// <summary>
/// The topology with three more BFFs that are the same client, each with another method of authentication. The first registers
/// it, as two replicas, when it is started.
/// </summary>
internal sealed class ThreeMethods : IAsyncDisposable
{
    public const string ClientId = "bff-switch";
    public const string Profile = "code-flow-pkjwt";
    public const string Key = "bff-key";
    public const string Post = "bff-post";
    public const string Basic = "bff-basic";

    private static readonly Dictionary<string, string> Methods = new()
    {
        [Key] = "private_key_jwt",
        [Post] = "client_secret_post",
        [Basic] = "client_secret_basic",
    };

    private readonly IdpFiles _files = new();
    private readonly string _secret = RandomNumberGenerator.GetHexString(48);
    private RunningTopology? _running;
    private string? _initialAccessToken;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    public static async Task<ThreeMethods> StartAsync()
    {
        var methods = new ThreeMethods();
        methods.WriteConfiguration();
        methods._running = await RunningTopology.StartAsync(methods.Extend);
        methods.Running.Secrets.Add(methods._secret);
        return methods;
    }

    public string AddressOf(string bff) => Running.App.GetEndpoint(bff, "https").GetLeftPart(UriPartial.Authority);

    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        _initialAccessToken = await Running.Administrator.IssueInitialAccessTokenAsync(Profile, ClientId, cancellationToken);
        Running.Secrets.Add(_initialAccessToken);
        await Running.App.ResourceCommands.ExecuteCommandAsync(Key, KnownResourceCommands.StartCommand, cancellationToken);
        await Running.App.ResourceNotifications.WaitForResourceHealthyAsync(Key, cancellationToken);
    }

    /// <summary>What an operator does: the client's entry in clients.yaml gets the method of this BFF.</summary>
    public void Switch(string bff)
    {
        var path = _files.PathOf("clients.yaml");
        var lines = File.ReadAllLines(path).Where(line => !line.Contains(_secret, StringComparison.Ordinal)).ToList();
        var client = lines.FindIndex(line => line.Contains(ClientId, StringComparison.Ordinal));
        var method = lines.FindIndex(client, line => line.Contains("token_endpoint_auth_method", StringComparison.Ordinal));
        lines[method] = $"    token_endpoint_auth_method: {Methods[bff]}";
        if (bff != Key)
        {
            lines.Insert(method, $"    client_secret: {_secret}");
        }

        File.WriteAllLines(path, lines);
    }

    public async Task<bool> SignsInAsync(string bff, CancellationToken cancellationToken)
    {
        using var person = new HttpUserAgent(Running, AddressOf(bff));
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, cancellationToken);
        return await person.SessionAsync(cancellationToken) is not null;
    }

    public async Task<IReadOnlyList<string>> ConsoleAsync(string bff)
    {
        var lines = new List<string>();
        await foreach (var batch in Running.App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(bff))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        _files.Dispose();
    }

    // What registers by the profile is ours, so that nobody has to be asked for consent.
    private void WriteConfiguration()
    {
        var policy = _files.PathOf("dcr_config.yaml");
        var profiles = File.ReadAllText(policy).Split($"  {Profile}:");
        var at = profiles[1].IndexOf("    fixed:\n", StringComparison.Ordinal) + "    fixed:\n".Length;
        File.WriteAllText(policy, $"{profiles[0]}  {Profile}:{profiles[1].Insert(at, "      skip_consent: true\n")}");
    }

    private void Extend(IDistributedApplicationTestingBuilder builder)
    {
        var idp = builder.Project("idp")
            .WithEnvironment("Idp__ConfigFolder", _files.Folder)
            .WithEnvironment("Idp__Outbound__AllowedHosts__0", "localhost");
        var (post, basic) = (AddBff(builder, idp, Post), AddBff(builder, idp, Basic));
        AddBff(builder, idp, Key).WithReplicas(2).WithExplicitStart()
            .WithEnvironment("DCR_IAT", () => _initialAccessToken!)
            .WithEnvironment("DCR_CLIENT_ID", ClientId)
            .WithEnvironment("DCR_CLIENT_PROFILE", Profile)
            .WithEnvironment("DCR_REDIRECT_URIS",
                $"{post.GetEndpoint("https")}/auth/callback,{basic.GetEndpoint("https")}/auth/callback");
    }

    private IResourceBuilder<ProjectResource> AddBff(
        IDistributedApplicationTestingBuilder builder, IResourceBuilder<ProjectResource> idp, string name)
    {
        var cache = builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single());
        var protection = builder.CreateResourceBuilder(
            builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "data-protection-secret"));
        var bff = builder.AddProject<Projects.Bff_Api>(name)
            .WithReference(cache).WaitFor(cache)
            .WaitFor(idp)
            .WithReference(builder.Project("contacts-api"))
            .WithReference(builder.Project("spa"))
            .WithEnvironment("OIDC_ISSUER", idp.GetEndpoint("https"))
            .WithEnvironment("AUTH_CLIENT_ID", ClientId)
            .WithEnvironment("MS_BFF_TOKEN_AUTH_METHOD", Methods[name])
            .WithEnvironment("DataProtection__Secret", protection)
            .WithHttpHealthCheck("/health");
        if (name != Key)
        {
            bff.WithEnvironment("AUTH_CLIENT_SECRET", _secret);
        }

        return bff.WithEnvironment("Bff__PublicUrl", bff.GetEndpoint("https"));
    }
}
