using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>
/// The provider's keys: ES256 for tokens unless a client asks for another, RS256 for security events, which receivers
/// expect (CAEP interoperability). Requests read a snapshot that is replaced as a whole; only its replacement locks.
/// </summary>
internal sealed partial class SigningKeys : IDisposable
{
    /// <summary>Bounds what tokens with made-up key names cost (Threat 20).</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    // A replica that rotated on demand again and again would fill the published set beyond what others read.
    private const int MostPublished = 16;

    private readonly Lock _changing = new();
    private readonly KeyRotation _rotation;
    private readonly KeyOptions _options;
    private readonly TimeProvider _clock;
    private readonly AuditLog _audit;
    private readonly ILogger _logger;
    private IReadOnlyList<StoredKey> _stored;
    private volatile KeySnapshot _current;
    private long _readAt;
    private string? _fault;

    /// <exception cref="ConfigurationFileException">A file cannot be used.</exception>
    /// <exception cref="OptionsValidationException">The folder cannot be used.</exception>
    public SigningKeys(KeyRotation rotation, IOptions<KeyOptions> options, TimeProvider clock, AuditLog audit, ILogger<SigningKeys> logger)
    {
        (_rotation, _options, _clock, _audit, _logger) = (rotation, options.Value, clock, audit, logger);
        _stored = rotation.Start();
        _current = Snapshot();
        _readAt = clock.GetTimestamp();
    }

    /// <summary>The key of tokens whose client asks for no other algorithm.</summary>
    public SigningKey Tokens => For(JwsAlgorithm.ES256);

    /// <summary>The key of security events.</summary>
    public SigningKey Events => For(JwsAlgorithm.RS256);

    /// <summary>The public keys that are announced, active, or retired not long ago.</summary>
    public JsonWebKeySet Published => _current.Published;

    /// <summary>The key that signs with this algorithm now; made when there is none yet.</summary>
    public SigningKey For(JwsAlgorithm algorithm) => _current.Active(algorithm) ?? MakeFirst(algorithm);

    /// <summary>Verifies what this provider signed; a key that is not known is looked for in the folder.</summary>
    public JwsCheck Verify(string compact, JwsRules rules)
    {
        var check = Jws.Verify(compact, Published, rules);
        if (check is not JwsCheck.UnknownKey)
            return check;

        LookAgain();
        return Jws.Verify(compact, Published, rules);
    }

    /// <summary>Sees what another replica did since, unless the folder was read a moment ago.</summary>
    public void LookAgain()
    {
        lock (_changing)
        {
            if (_clock.GetElapsedTime(_readAt) >= LookInterval)
            {
                Update();
            }
        }
    }

    /// <summary>Reads the folder and does what has fallen due. When that fails, the last good keys stay in force.</summary>
    public void Refresh()
    {
        lock (_changing)
        {
            Update();
        }
    }

    /// <summary>New keys at once, for one algorithm or for all that have keys; the old ones stay published.</summary>
    public KeyRotationCheck Rotate(JwsAlgorithm? only)
    {
        lock (_changing)
        {
            Update();
            var algorithms = only is { } one ? [one] : _stored.Select(key => key.Name.Algorithm).Distinct().ToArray();
            if (_fault is not null)
                return new KeyRotationCheck.Unavailable(_fault);

            var full = algorithms.Where(algorithm => _stored.Count(key => key.Name.Algorithm == algorithm) >= MostPublished);
            if (full.Any())
                return new KeyRotationCheck.Refused($"There are {MostPublished} keys for {full.First()} already: " +
                    "wait until the oldest is removed.");

            return Try(keys => algorithms.Aggregate(keys, (_, algorithm) => _rotation.MakeNext(algorithm)))
                ? new KeyRotationCheck.Done([.. _current.Keys.Where(key => algorithms.Contains(key.Algorithm))])
                : new KeyRotationCheck.Unavailable(_fault!);
        }
    }

    /// <summary>How long the keys that sign have done so.</summary>
    public IEnumerable<Measurement<double>> Ages() => _current.Keys.Where(key => key.State == KeyState.Active).Select(key =>
        new Measurement<double>((_clock.GetUtcNow() - key.Stored.ActiveFrom).TotalSeconds, Tag(key.Algorithm)));

    // Keys that were replaced are left to the garbage collector: a request may still be signing with one.
    public void Dispose()
    {
        foreach (var key in _stored)
        {
            key.Key.Dispose();
        }
    }

    private SigningKey MakeFirst(JwsAlgorithm algorithm)
    {
        lock (_changing)
        {
            if (_current.Active(algorithm) is null)
            {
                _stored = _rotation.MakeFirst(algorithm);
                _current = Snapshot();
            }

            return _current.Active(algorithm)!;
        }
    }

    // What was read holds even if what is due cannot be done.
    private void Update() => Try(_rotation.Read, _rotation.KeepUp);

    private bool Try(params ReadOnlySpan<Func<IReadOnlyList<StoredKey>, IReadOnlyList<StoredKey>>> changes)
    {
        try
        {
            foreach (var change in changes)
            {
                _stored = change(_stored);
            }

            _fault = null;
        }
        catch (Exception fault) when (KeyFolder.IsFault(fault))
        {
            if (_fault != fault.Message)
            {
                _fault = fault.Message;
                LogStale(_fault);
            }
        }

        // Time goes on for the last good keys as well.
        var former = _current;
        _current = Snapshot();
        Count(former, _current);
        _readAt = _clock.GetTimestamp();
        return _fault is null;
    }

    private void Count(KeySnapshot former, KeySnapshot current)
    {
        foreach (var algorithm in Enum.GetValues<JwsAlgorithm>())
        {
            if (former.Active(algorithm) is { } key && current.Active(algorithm) is { } next && next.KeyId != key.KeyId)
            {
                IdpTelemetry.KeyRotations.Add(1, Tag(algorithm));
                _audit.KeyRotated(algorithm.ToString(), next.KeyId);
            }
        }
    }

    private static KeyValuePair<string, object?> Tag(JwsAlgorithm algorithm) => new("algorithm", algorithm.ToString());

    private KeySnapshot Snapshot() => new(_stored, _clock.GetUtcNow(), _options.KeepPublished);

    [LoggerMessage(LogLevel.Error, "The keys cannot be brought up to date, those known so far stay in force: {Fault}")]
    private partial void LogStale(string fault);
}
