using Platform.Tokens.Jose;

namespace Platform.Benchmarks;

/// <summary>What all contestants are configured with: the same issuer, clients, keys and addresses.</summary>
internal sealed class Setting(int sessions) : IAsyncDisposable
{
    public const string Host = "op.bench.test";
    public const string Issuer = $"https://{Host}";
    public const string Audience = "urn:bench:api";
    public const string Scope = "work";
    public const string RedirectUri = "https://portal.bench.test/callback";
    public const string Secret = "a-secret-of-the-benchmark-clients";
    public const string SecretClient = "secret";
    public const string KeyClient = "key";
    public const string PortalClient = "portal";

    /// <summary>Enough that nobody has more than a few sessions at a time, as in life.</summary>
    public const int People = 5000;

    private readonly Lazy<Task<ServerProcess>> _surroundings = new(SurroundingsServer.StartAsync);

    /// <summary>How many people are signed in at a portal.</summary>
    public int Sessions => sessions;

    /// <summary>The provider and the API of all portals, started when the first asks.</summary>
    public Task<ServerProcess> Surroundings => _surroundings.Value;

    public SigningKey ClientKey { get; } = SigningKey.Create(JwsAlgorithm.ES256);

    public SigningKey ProofKey { get; } = SigningKey.Create(JwsAlgorithm.ES256);

    public string ClientKeys => new JsonWebKeySet([ClientKey.PublicKey]).ToJson();

    public string ProofKeys => new JsonWebKeySet([ProofKey.PublicKey]).ToJson();

    /// <summary>A folder that is gone at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("bench-").FullName;

    public static string UserName(int number) => $"person-{number % People}";

    public async ValueTask DisposeAsync()
    {
        if (_surroundings.IsValueCreated)
        {
            await (await _surroundings.Value).DisposeAsync();
        }

        ClientKey.Dispose();
        ProofKey.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
