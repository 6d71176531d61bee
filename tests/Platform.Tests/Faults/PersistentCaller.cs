using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

/// <summary>A page that keeps calling, whatever it is answered, one call at a time; every answer is kept.</summary>
internal sealed class PersistentCaller : IAsyncDisposable
{
    // Ten calls a second are a busy page, and leave the machine to the services.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop;
    private readonly Task _calls;

    private PersistentCaller(HttpUserAgent person, string path, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _calls = Task.Run(() => CallAsync(person, path, _stop.Token), cancellationToken);
    }

    /// <param name="At">When it arrived.</param>
    /// <param name="SaysWhen">Whether it has Retry-After.</param>
    /// <param name="TouchesCookies">Whether it has Set-Cookie.</param>
    internal sealed record Answer(long At, HttpStatusCode Status, bool SaysWhen, bool TouchesCookies, TimeSpan Took);

    public ConcurrentQueue<Answer> Answers { get; } = new();

    public static PersistentCaller Start(HttpUserAgent person, string path, CancellationToken cancellationToken) =>
        new(person, path, cancellationToken);

    /// <summary>Waits for so many answers in a row with this status, from now on.</summary>
    public async Task GetsAsync(HttpStatusCode status, int times, CancellationToken cancellationToken)
    {
        var from = Answers.Count;
        await Eventually.BecomesTrueAsync(
            () => Answers.Skip(from).Reverse().TakeWhile(answer => answer.Status == status).Count() >= times, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _calls;
        _stop.Dispose();
    }

    private async Task CallAsync(HttpUserAgent person, string path, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Pace);
        try
        {
            do
            {
                var began = Stopwatch.GetTimestamp();
                using var response = await person.CallAsync(HttpMethod.Get, path, cancellationToken);
                Answers.Enqueue(new Answer(
                    Stopwatch.GetTimestamp(), response.StatusCode, response.Headers.RetryAfter is not null,
                    response.Headers.Contains("Set-Cookie"), Stopwatch.GetElapsedTime(began)));
            }
            while (await pace.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }
}
