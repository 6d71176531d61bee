using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.IdP.Audit;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Protocol;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

/// <summary>The keys of one replica, with the timer that keeps them up to date.</summary>
internal sealed class KeyReplica : IDisposable
{
    public const string Secret = "a secret of the keys, of more than 32 characters";

    private static readonly JwsRules Rules = new(["JWT"], Enum.GetValues<JwsAlgorithm>());

    private readonly LogTests.Recorder _log = new();
    private readonly LoggerFactory _loggers;
    private readonly KeyRefresh _refresh;

    public KeyReplica(string folder, ManualClock clock, string secret = Secret, Action<KeyOptions>? change = null)
    {
        // So that a test can pass a quarter of a year in few steps.
        var options = new KeyOptions { Folder = folder, Secret = secret, RefreshEvery = TimeSpan.FromHours(1) };
        change?.Invoke(options);
        _loggers = new LoggerFactory([_log]);
        var files = new KeyFolder(folder, secret);
        var rotation = new KeyRotation(files, Options.Create(options), clock, _loggers.CreateLogger<KeyRotation>());
        Keys = new SigningKeys(rotation, Options.Create(options), clock, new AuditLog(_loggers, new HttpContextAccessor()), _loggers.CreateLogger<SigningKeys>());
        _refresh = new KeyRefresh(Keys, Options.Create(options), clock);
        _refresh.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public SigningKeys Keys { get; }

    public IEnumerable<string> Log => _log.Lines;

    public IEnumerable<string?> Published(JwsAlgorithm algorithm) =>
        Keys.Published.Keys.Where(key => key.Algorithm == algorithm).Select(key => key.KeyId);

    public string Sign(JwsAlgorithm algorithm = JwsAlgorithm.ES256) => Jws.Sign(Keys.For(algorithm), "JWT", "{}"u8);

    public bool Accepts(string token) => Keys.Verify(token, Rules) is JwsCheck.Valid;

    public void Dispose()
    {
        _refresh.Dispose();
        Keys.Dispose();
        _loggers.Dispose();
    }
}
