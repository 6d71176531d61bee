using Platform.IdP.Signals.Streams;

namespace Platform.IdP.Tests.Signals.Streams;

public sealed class PushRunTests
{
    [Fact]
    public async Task What_is_demanded_during_a_run_is_done_after_it_and_never_beside_it()
    {
        var (begun, ends) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var (runs, beside) = (0, 0);
        var run = new PushRun(async () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref beside));
            runs++;
            begun.Release();
            await ends.WaitAsync(TestContext.Current.CancellationToken);
            Interlocked.Decrement(ref beside);
        });

        run.Demand();
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        run.Demand();
        run.Demand();
        Assert.False(run.Ended.IsCompleted);
        ends.Release();
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        ends.Release();
        await run.Ended;
        Assert.Equal(2, runs);

        run.Demand();
        ends.Release();
        await run.Ended;
        Assert.Equal(3, runs);
    }
}
