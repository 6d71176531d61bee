using Platform.Sessions;
using Platform.Testing;
using Platform.Testing.Secrets;

namespace Platform.Bff.Tests.Fixture;

/// <summary>A whole portal: Redis, a provider, an API, the pages, and one BFF in front of them.</summary>
public class Portal : IAsyncLifetime
{
    public const string Host = "portal.test";
    public const string Origin = $"https://{Host}";

    private readonly RedisServer _redis = new();
    private readonly List<BffReplica> _replicas = [];

    internal ManualClock Clock { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    /// <summary>What stands in no log.</summary>
    internal KnownSecrets Secrets { get; } = new();

    internal TestProvider Provider { get; private set; } = null!;

    internal Upstream Contacts { get; private set; } = null!;

    internal Upstream Pages { get; private set; } = null!;

    internal BffReplica Bff => _replicas[0];

    internal RedisServer Redis => _redis;

    internal SessionRevocation Revocation => new(_redis.Connection, Clock);

    public virtual async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.StartAsync(Clock);
        Contacts = await Upstream.StartAsync("contacts");
        Pages = await Upstream.StartAsync("pages");
        await AddReplicaAsync();
        Provider.ClientKeys = ClientKeysAsync;
    }

    // What the client's jwks_uri names.
    private async Task<string> ClientKeysAsync()
    {
        using var provider = Browser();
        using var keys = await provider.SendAsync(HttpMethod.Get, "/.well-known/jwks.json", crossSite: true);
        return await keys.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<BffReplica> AddReplicaAsync()
    {
        var replica = await BffReplica.StartAsync(Settings(), Clock, Logs);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Where sessions are kept.</summary>
    internal virtual string SessionMode => "stateful";

    internal virtual Dictionary<string, string> Settings() => new()
    {
        ["Bff:Sessions:Mode"] = SessionMode,
        ["ConnectionStrings:cache"] = _redis.ConnectionString,
        ["Oidc:Issuer"] = Provider.Issuer,

        // What makes a sign-in hard to read for a test; FullPortal has all of it.
        ["Oidc:TokenAuthMethod"] = "client_secret_basic",
        ["Oidc:SignedResponse"] = "false",
        ["Oidc:DPoP"] = "false",
        ["Oidc:ClientSecret"] = TestProvider.ClientSecret,
        ["Bff:PublicUrl"] = Origin,
        ["DataProtection:Secret"] = "0123456789abcdef0123456789abcdef",
        ["services:contacts-api:http:0"] = Contacts.Address,
        // Everything that can be logged is, so that the tests see what a talkative setting would give away.
        ["Logging:LogLevel:Default"] = "Debug",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
        ["Logging:LogLevel:Yarp"] = "Debug",
        ["services:spa:http:0"] = Pages.Address,
    };

    internal Portal Fresh()
    {
        Learn();
        Provider.Reset();
        Contacts.Reset();
        Pages.Reset();
        return this;
    }

    internal Browser Browser(BffReplica? replica = null, string origin = Origin) => new(() => (replica ?? Bff).Port, Secrets, origin);

    /// <summary>A replica of its own, with other settings; the caller disposes it.</summary>
    internal Task<BffReplica> StartAsync(params (string Name, string Value)[] changes)
    {
        var settings = Settings();
        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        return BffReplica.StartAsync(settings, Clock, Logs);
    }

    internal Task<RevocationOutcome> RevokeUserAsync() => Revocation.RevokeAsync(
        new(Provider.Issuer, Provider.Subject, null, Guid.NewGuid().ToString(), Clock.GetUtcNow()),
        TestContext.Current.CancellationToken);

    /// <summary>What an event demands of the user's sessions, or of one.</summary>
    internal Task<RevocationOutcome> DemandAsync(Demand demand, string? sessionId = null) => new DemandsOnSessions(_redis.Connection, Clock).DemandAsync(
        new(Provider.Issuer, Provider.Subject, sessionId, Guid.NewGuid().ToString(), Clock.GetUtcNow()),
        demand,
        TestContext.Current.CancellationToken);

    public virtual async ValueTask DisposeAsync()
    {
        Learn();
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Provider.DisposeAsync();
        await Contacts.DisposeAsync();
        await Pages.DisposeAsync();
        _redis.Dispose();
        Secrets.EnsureAbsent(Logs.Lines, "the logs");
        GC.SuppressFinalize(this);
    }

    private protected virtual IEnumerable<string> Issued() => Provider.Issued;

    private void Learn()
    {
        foreach (var secret in Issued().Append(TestProvider.ClientSecret).Append(Settings()["DataProtection:Secret"]))
        {
            Secrets.Add(secret);
        }
    }
}
