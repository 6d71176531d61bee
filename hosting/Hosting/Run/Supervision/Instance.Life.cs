using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

internal sealed partial class Instance
{
    /// <summary>Runs the process to its end. How long it lived when it is to be started again, else null.</summary>
    private async Task<TimeSpan?> RunOnceAsync(CancellationToken stop)
    {
        var clock = services.Context.Clock;
        var began = clock.GetTimestamp();
        var targets = EndpointAllocation.TargetsFor(Resource);
        var plan = await services.Planner.PlanAsync(Resource, Id, targets, stop);
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var child = ChildProcess.Start(plan, services.Watchdog, clock, (line, isError) =>
        {
            if (!isError && !port.Task.IsCompleted && plan.PortFromOutput?.Invoke(line) is { } chosen)
            {
                port.TrySetResult(chosen);
            }

            services.Context.Logs.Append(Id, Resource.Name, line, isError);
        });
        await PublishStartedAsync(plan, child.Id);

        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var health = new HealthMonitor(this, plan, services);
        var watching = WatchAsync(child, plan, targets, port.Task, health, life.Token);
        var stopped = await Task.WhenAny(child.Exited, Task.Delay(Timeout.InfiniteTimeSpan, clock, life.Token), FailureOf(watching)) != child.Exited;
        if (stopped)
        {
            services.Endpoints.Remove(Id);
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping });
            await child.StopAsync(stop.IsCancellationRequested ? _impatience : new CancellationToken(canceled: true));
        }

        var exitCode = await child.Exited;
        var lived = clock.GetElapsedTime(began);
        await life.CancelAsync();
        services.Endpoints.Remove(Id);
        var wasReady = _started.Task.IsCompletedSuccessfully;
        var awaited = StartOrder.AwaitedExitCodes(services.Context.Model, Resource);
        var crashed = !stopped && exitCode != 0 && awaited.Count == 0;
        var completed = !stopped && (awaited.Contains(exitCode) || (exitCode == 0 && (wasReady || !health.HasChecks)));
        var failed = !stopped && !wasReady && !completed;
        await PublishEndAsync(exitCode, isLast: !failed && !(crashed && wasReady) && !(stopped && _restarting));
        await watching; // throws what made the watch fail
        if (failed)
        {
            throw new DistributedApplicationException(StartFailure.Ended(Resource, exitCode, lived, LastLines()));
        }

        return crashed ? lived : null;
    }

    /// <summary>Tells the proxy where it listens, and follows its health.</summary>
    private async Task WatchAsync(
        ChildProcess child, ProcessPlan plan, Dictionary<EndpointAnnotation, int> targets, Task<int> port, HealthMonitor health, CancellationToken life)
    {
        try
        {
            if (plan.PortFromOutput is not null)
            {
                var chosen = await port.WaitAsync(services.Context.Options.HealthTimeout, services.Context.Clock, life);
                targets[targets.Keys.First()] = chosen;
            }

            services.Endpoints.Set(Id, targets, ready: false);
            await PublishAsync(snapshot => snapshot with { State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success) });
            await health.RunAsync(targets, mustBecomeHealthy: !_started.Task.IsCompleted, async healthy =>
            {
                if (!child.Exited.IsCompleted)
                {
                    services.Endpoints.Set(Id, targets, healthy);
                    if (healthy)
                    {
                        await services.Readiness.OnHealthyAsync(Resource, life);
                        _started.TrySetResult();
                    }
                }
            }, life);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The process has ended, or is being ended.
        }
        catch (TimeoutException)
        {
            throw new DistributedApplicationException(StartFailure.NoPort(Resource, services.Context.Options.HealthTimeout, LastLines()));
        }
    }

    private IReadOnlyList<LogEntry> LastLines() => services.Context.Logs.LastLines(Id);

    /// <summary>Ends only when the task fails.</summary>
    private static Task FailureOf(Task task) => task.ContinueWith(
        ended => ended.IsFaulted ? Task.CompletedTask : new TaskCompletionSource().Task,
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
}
