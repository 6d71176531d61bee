using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The AppHost's own program, on a thread of its own: held at <c>Build</c> until the test wants the application, and at <c>Run</c>
/// until the test disposes it.
/// </summary>
internal sealed class AppHostProgram(
    Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : TestedApplication(appHost, configure)
{
    private readonly Assembly _appHost = appHost;
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = _appHost.EntryPoint
            ?? throw new InvalidOperationException($"{_appHost.GetName().Name} has no entry point: give a type of the AppHost, such as Projects.AppHost.");
        new Thread(() => Run(main)) { IsBackground = true, Name = $"{_appHost.GetName().Name} under test" }.Start();
        return _described.Task.WaitAsync(cancellationToken);
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        Quieten(builder);
        _described.TrySetResult(builder);
        _wanted.Task.GetAwaiter().GetResult();
    }

    public override void Built(DistributedApplication application) => _built.TrySetResult(application);

    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _wanted.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    public override void Abandon() => _wanted.TrySetCanceled();

    private void Run(MethodInfo main)
    {
        Current = this;
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [args], null);
            Fail(new InvalidOperationException($"{_appHost.GetName().Name} ended without building an application."));
        }
        catch (OperationCanceledException) when (_wanted.Task.IsCanceled)
        {
            // The test has lost interest.
        }
        catch (Exception failure)
        {
            // Whatever the program throws belongs to the test that runs it.
            Fail(failure);
        }
    }

    private void Fail(Exception failure)
    {
        _described.TrySetException(failure);
        _built.TrySetException(failure);
        _ = _described.Task.Exception;
        _ = _built.Task.Exception;
    }
}
