namespace Platform.Testing;

/// <summary>Waits for what no event announces: asks again until it is so, or the patience ends.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">It did not come true within the patience.</exception>
    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"It did not become true within {Patience.TotalSeconds} s.");
            }
        }
    }

    public static Task BecomesTrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        BecomesTrueAsync(() => Task.FromResult(condition()), cancellationToken);
}
