using Microsoft.Extensions.Options;

namespace Platform.IdP.Keys;

/// <summary>Looks at the keys at short intervals: for what other replicas did, and for what has fallen due.</summary>
internal sealed class KeyRefresh(SigningKeys keys, IOptions<KeyOptions> options, TimeProvider clock) : IHostedService, IDisposable
{
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var interval = options.Value.RefreshEvery;
        _timer = clock.CreateTimer(_ => keys.Refresh(), null, interval, interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();
}
