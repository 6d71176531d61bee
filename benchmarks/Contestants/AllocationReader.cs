using System.IO.Pipes;

namespace Platform.Benchmarks.Contestants;

/// <summary>Asks a .NET process, into which <see cref="StartupHook"/> was loaded, how much it has allocated.</summary>
internal sealed class AllocationReader
{
    private readonly string _pipe = $"bench-{Guid.NewGuid():N}";

    /// <summary>What the process must be started with.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
        new(StartupHook.PipeVariable, _pipe),
    ];

    public long Read()
    {
        using var pipe = new NamedPipeClientStream(".", _pipe, PipeDirection.In);
        pipe.Connect();
        Span<byte> answer = stackalloc byte[sizeof(long)];
        pipe.ReadExactly(answer);
        return BitConverter.ToInt64(answer);
    }
}
