using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Signals.Delivery;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

public sealed class EventWorkerTests
{
    [Fact]
    public async Task Tries_again_after_what_it_did_not_expect()
    {
        var clock = new ManualClock();
        using var worker = new Stumbling(clock);
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return worker.Attempts >= 2;
            },
            TestContext.Current.CancellationToken);

        Assert.False(worker.ExecuteTask!.IsCompleted);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Stumbling(TimeProvider clock) : EventWorker(new WorkSignal(), clock, NullLogger.Instance)
    {
        private int _attempts;

        public int Attempts => Volatile.Read(ref _attempts);

        protected override Task<bool> TryWorkAsync(CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _attempts) == 1 ? throw new FormatException("not of this version") : Task.FromResult(true);
    }
}
