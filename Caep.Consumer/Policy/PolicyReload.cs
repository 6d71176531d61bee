using Microsoft.Extensions.Options;

namespace Platform.Caep.Policy;

/// <summary>Takes the policy up again when its file has changed. One that cannot be used leaves the old one in force.</summary>
internal sealed partial class PolicyReload(
    EventPolicy policy, IOptions<PolicyOptions> options, TimeProvider clock, ILogger<PolicyReload> logger) : BackgroundService
{
    private readonly string _path = options.Value.Path;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var taken = Look();
        var seen = taken;
        using var timer = new PeriodicTimer(options.Value.LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // What is still being written may be whole by accident: it counts once it has stood still for a look.
                var now = Look();
                if (now == seen && now != taken)
                {
                    taken = now;
                    TakeUp();
                }

                seen = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void TakeUp()
    {
        try
        {
            LogTaken(policy.TakeUp());
        }
        catch (PolicyFileException fault)
        {
            LogKept(fault.Message);
        }
    }

    // Its date: notifications do not reach every kind of mounted folder.
    private (DateTime, long) Look()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    [LoggerMessage(LogLevel.Information, "The policy has changed; {Rules} rules are in force.")]
    private partial void LogTaken(int rules);

    [LoggerMessage(LogLevel.Error, "The policy has changed and cannot be used; the one of before stays in force. {Fault}")]
    private partial void LogKept(string fault);
}
