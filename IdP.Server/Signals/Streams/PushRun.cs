namespace Platform.IdP.Signals.Streams;

/// <summary>
/// The pushes of one stream: one run at a time. What is demanded during a run is done after it, because the run may have had its
/// last look at the queue before. One caller at a time demands.
/// </summary>
internal sealed class PushRun(Func<Task> drain)
{
    private int _demands;

    /// <summary>When nothing is demanded any more.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Demand()
    {
        if (Interlocked.Increment(ref _demands) == 1)
        {
            Ended = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        int done;
        do
        {
            done = Volatile.Read(ref _demands);
            await drain();
        }
        while (Interlocked.Add(ref _demands, -done) > 0);
    }
}
