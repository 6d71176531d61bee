using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publish;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The application, put together.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _intercepted;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DistributedApplication(IHost host) => _host = host;

    internal DistributedApplication(IHost host, bool intercepted) : this(host) => _intercepted = intercepted;

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Starts everything, and ends when all of it is healthy. A <see cref="DistributedApplicationException"/> says what did not start.</summary>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => Apart(() => _host.StartAsync(cancellationToken));

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => Apart(() => _host.StopAsync(cancellationToken));

    /// <summary>Runs until told to stop. What keeps it from running is said in a sentence, and the exit code is 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_intercepted)
        {
            // A test starts and ends it; the program that built it waits.
            await _disposed.Task.WaitAsync(cancellationToken);
            return;
        }

        if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            await PublishAsync(cancellationToken);
            return;
        }

        var stopping = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        DistributedApplicationException? failure = null;
        try
        {
            await _host.StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            // Told to stop while it started.
        }
        catch (DistributedApplicationException stopped)
        {
            failure = stopped;
        }
        finally
        {
            await DisposeAsync();
        }

        if (failure is not null)
        {
            await FailAsync(failure);
        }
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual void Dispose()
    {
        Apart(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Apart(() => ((IAsyncDisposable)_host).DisposeAsync().AsTask());
        _disposed.TrySetResult();
        GC.SuppressFinalize(this);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Services.GetRequiredService<Publisher>().PublishAsync(cancellationToken);
        }
        catch (DistributedApplicationException unpublishable)
        {
            await FailAsync(unpublishable);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    private static async Task FailAsync(DistributedApplicationException failure)
    {
        await Console.Error.WriteLineAsync($"\n{failure.Message}");
        Environment.ExitCode = 1;
    }

    // Test runners have few threads and tests that block them: nothing of the engine may need one of those to go on.
    private static Task Apart(Func<Task> work) => Task.Run(work);
}
