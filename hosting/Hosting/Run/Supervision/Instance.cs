using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>
/// One process of a resource, started, watched, restarted when it crashes, and stopped. What it is doing is published as the state
/// of its id; starting and stopping take turns.
/// </summary>
internal sealed partial class Instance(IResource resource, string id, InstanceServices services) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ILogger _log = services.Context.Logs.GetLogger(id);
    private CancellationTokenSource _stop = new();
    private CancellationToken _impatience;
    private bool _restarting;
    private Task _supervision = Task.CompletedTask;
    private TaskCompletionSource _started = new();

    public IResource Resource { get; } = resource;

    public string Id { get; } = id;

    public bool IsSupervised => !_supervision.IsCompleted;

    /// <summary>Why it did not start, if it did not.</summary>
    public Exception? Failure => _started.Task.Exception?.InnerException;

    /// <summary>
    /// Starts it. The task ends when it is healthy for the first time, or has done its work; a
    /// <see cref="DistributedApplicationException"/> says why it did not come so far.
    /// </summary>
    public async Task<Task> StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsSupervised)
            {
                _stop.Dispose();
                _stop = new();
                _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _restarting = false;
                await PublishStartingAsync();
                var stop = _stop.Token;
                _supervision = Task.Run(() => SuperviseAsync(stop), CancellationToken.None);
            }

            return _started.Task;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks it to end, and ends it when <paramref name="impatience"/> is cancelled.</summary>
    public async Task StopAsync(CancellationToken impatience, bool restarting = false)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            (_impatience, _restarting) = (impatience, restarting);
            await _stop.CancelAsync();
            await _supervision;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task SuperviseAsync(CancellationToken stop)
    {
        var backoff = new Backoff(services.Context.Options);
        try
        {
            while (await RunOnceAsync(stop) is { } lived)
            {
                var delay = backoff.Next(lived);
                LogRestart(delay.TotalSeconds);
                await Task.Delay(delay, services.Context.Clock, stop);
                await PublishStartingAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await PublishAsync(snapshot => snapshot with { State = Ended(snapshot.ExitCode), IsPassing = false });
        }
        catch (DistributedApplicationException failure)
        {
            await FailAsync(failure);
        }
        catch (Exception failure)
        {
            // Callbacks of the AppHost run here too; whatever they throw is the reason why the resource does not start.
            await FailAsync(new DistributedApplicationException($"'{Resource.Name}' cannot start: {failure.Message}", failure));
        }
        finally
        {
            services.Endpoints.Remove(Id);
            _started.TrySetResult();
        }
    }

    [LoggerMessage(LogLevel.Warning, "It is started again in {Seconds} s.")]
    private partial void LogRestart(double seconds);

    [LoggerMessage(LogLevel.Error, "{Reason}")]
    private partial void LogFailure(string reason);
}
