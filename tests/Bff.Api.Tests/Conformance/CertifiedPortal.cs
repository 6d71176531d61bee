using Platform.Bff.Tests.Fixture;
using Platform.Testing;
using Platform.Testing.Secrets;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Conformance;

/// <summary>The BFF, unchanged, before a certified provider and an API that accepts that provider's tokens.</summary>
internal sealed class CertifiedPortal : IAsyncDisposable
{
    private readonly RedisServer _redis = new();
    private readonly CapturedLogs _logs = new();
    private readonly KnownSecrets _secrets = new();
    private readonly CertifiedProvider _provider;
    private BffReplica? _bff;

    private CertifiedPortal(CertifiedProvider provider) => _provider = provider;

    /// <param name="profile">What the provider can do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="expected">What the BFF is told of it, if not the same.</param>
    public static async Task<CertifiedPortal> StartAsync(
        ProviderProfile profile, CancellationToken cancellationToken, ProviderProfile? expected = null)
    {
        using var key = SigningKey.Create(JwsAlgorithm.ES256);
        var portal = new CertifiedPortal(await CertifiedProvider.StartAsync(profile.Setup(key), cancellationToken));
        var settings = new Dictionary<string, string>((expected ?? profile).Settings(key))
        {
            ["ConnectionStrings:cache"] = portal._redis.ConnectionString,
            ["Oidc:Issuer"] = portal._provider.Issuer,
            ["Bff:PublicUrl"] = Portal.Origin,
            ["DataProtection:Secret"] = "0123456789abcdef0123456789abcdef",
            ["services:contacts-api:http:0"] = portal._provider.Api,
            ["services:spa:http:0"] = portal._provider.Api,
            ["Logging:LogLevel:Default"] = "Debug",
        };
        try
        {
            portal._bff = await BffReplica.StartAsync(settings, TimeProvider.System, portal._logs);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    public Browser Browser() => new(() => _bff!.Port, _secrets);

    public ProviderVisit Visit() => new(_secrets);

    /// <summary>The log, for whoever looks for the cause of a failure.</summary>
    public string Log => string.Join('\n', _logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        if (_bff is not null)
        {
            await _bff.DisposeAsync();
        }

        _provider.Dispose();
        _redis.Dispose();
        _secrets.EnsureAbsent(_logs.Lines, "the logs");
    }
}
