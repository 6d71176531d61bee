using Microsoft.AspNetCore.Http;
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
    private readonly Upstream _entrance;
    private BffReplica? _bff;

    private CertifiedPortal(CertifiedProvider provider, Upstream entrance)
    {
        (_provider, _entrance) = (provider, entrance);
        _entrance.Answer = ForwardAsync;
    }

    /// <param name="profile">What the provider can do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="expected">What the BFF is told of it, if not the same.</param>
    public static async Task<CertifiedPortal> StartAsync(
        ProviderProfile profile, CancellationToken cancellationToken, ProviderProfile? expected = null)
    {
        using var key = SigningKey.Create(JwsAlgorithm.ES256);
        var entrance = await Upstream.StartAsync("entrance");
        var portal = new CertifiedPortal(
            await CertifiedProvider.StartAsync(profile.Setup(key, entrance.Address), cancellationToken), entrance);
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

    /// <summary>Where a person signs out at the provider itself.</summary>
    public string ProviderLogout =>
        $"{_provider.Issuer}/session/end?client_id=bff-server&post_logout_redirect_uri={Uri.EscapeDataString($"{Portal.Origin}/")}";

    /// <summary>The log, for whoever looks for the cause of a failure.</summary>
    public string Log => string.Join('\n', _logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));

    // Where the provider finds the portal, whose name only browsers know here.
    private async Task ForwardAsync(HttpContext http)
    {
        using var provider = Browser();
        using var body = new StreamContent(http.Request.Body);
        body.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        using var answer = await provider.SendAsync(HttpMethod.Post, http.Request.Path, body);
        http.Response.StatusCode = (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bff is not null)
        {
            await _bff.DisposeAsync();
        }

        _provider.Dispose();
        await _entrance.DisposeAsync();
        _redis.Dispose();
        _secrets.EnsureAbsent(_logs.Lines, "the logs");
    }
}
