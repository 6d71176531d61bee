using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run;

/// <summary>Knows which local process stands for a resource that Aspire would run in a container.</summary>
internal interface IResourceBackend
{
    bool Handles(IResource resource);

    /// <summary>
    /// Says what to start; asked anew for every start. When the machine has nothing that would do, a
    /// <see cref="DistributedApplicationException"/> whose message is a sentence with the fix.
    /// </summary>
    Task<BackendProcess> PrepareAsync(BackendContext context, CancellationToken cancellationToken);
}

/// <summary>What a backend is given.</summary>
internal sealed record BackendContext
{
    public required IResource Resource { get; init; }

    /// <summary>The instance, for example <c>cache-kzvbqtrw</c>.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Exists. Under the AppHost's <c>.platform</c> when the data is to be kept, else temporary.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether <see cref="DataFolder"/> outlives the run.</summary>
    public required bool KeepsData { get; init; }

    /// <summary>A folder of this run for pipes, configuration and the like; removed at the end.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The port on which the process is to listen on 127.0.0.1 (the engine's proxy forwards to it).</summary>
    public required int TargetPort { get; init; }

    /// <summary>The address under which clients reach the resource through the proxy: <c>localhost:PORT</c>, stable over restarts.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>The variables that the model gives the resource, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The AppHost's configuration: <c>Hosting:Redis</c>, <c>Hosting:Kafka</c>, …</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>Writes a line into the resource's console output.</summary>
    public required Action<string> Say { get; init; }
}

/// <summary>The process that stands for the resource.</summary>
internal sealed record BackendProcess(string File, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Joins the variables of <see cref="BackendContext.Environment"/>, and wins.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Where the process chooses its port itself: given every line of its standard output, answers the port once it is there.
    /// The resource counts as started only then.
    /// </summary>
    public Func<string, int?>? PortFromOutput { get; init; }

    /// <summary>
    /// Asked on the port of the process until it answers: null when it serves, else a short reason. Cancelled after a few seconds.
    /// </summary>
    public required Func<int, CancellationToken, Task<string?>> Probe { get; init; }

    /// <summary>What was chosen and what it cannot do, for the summary: <c>in-memory broker; nothing survives a restart</c>.</summary>
    public string? Description { get; init; }
}
