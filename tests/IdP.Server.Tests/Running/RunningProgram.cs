using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.IdP.Tests.Running;

/// <summary>
/// Runs the server's own Program.cs in this process: what is tested is what is shipped. The host reports its building
/// to a diagnostic listener, which is where services are replaced and where the host is had from.
/// </summary>
internal sealed class RunningProgram : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IAsyncDisposable
{
    private static readonly AsyncLocal<RunningProgram?> Current = new();

    private readonly TaskCompletionSource<IHost> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Action<IServiceCollection> _configure;
    private IHost? _host;
    private IHostApplicationLifetime? _lifetime;

    private RunningProgram(Action<IServiceCollection> configure) => _configure = configure;

    /// <summary>The program's exit code.</summary>
    public Task<int> Ended => _ended.Task;

    public IServiceProvider Services => _host!.Services;

    public static RunningProgram Start(string[] arguments, Action<IServiceCollection> configure)
    {
        var program = new RunningProgram(configure);
        program._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(program));
        new Thread(() => program.Run(arguments)) { IsBackground = true }.Start();
        return program;
    }

    /// <summary>Returns when the server listens.</summary>
    public async Task WaitForStartAsync()
    {
        _host = await await Task.WhenAny(_started.Task, EndedEarlyAsync());
        _lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
    }

    public async ValueTask DisposeAsync()
    {
        // It may have ended by itself, and its services with it.
        _lifetime?.StopApplication();
        await _ended.Task;
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        // Listeners are of the process, and test classes run side by side.
        if (Current.Value != this)
        {
            return;
        }

        switch (value)
        {
            case { Key: "HostBuilding", Value: IHostBuilder builder }:
                builder.ConfigureServices(_configure);
                break;
            case { Key: "HostBuilt", Value: IHost host }:
                host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted
                    .Register(() => _started.TrySetResult(host));
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void Run(string[] arguments)
    {
        Current.Value = this;
        try
        {
            _ended.SetResult((int)typeof(IdpTelemetry).Assembly.EntryPoint!.Invoke(null, [arguments])!);
        }
        catch (Exception failure)
        {
            _ended.SetException(failure.InnerException ?? failure);
        }
    }

    private async Task<IHost> EndedEarlyAsync() =>
        throw new InvalidOperationException($"The server ended with {await _ended.Task} before it listened.");
}
