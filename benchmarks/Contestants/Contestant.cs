
namespace Platform.Benchmarks.Contestants;

/// <summary>A server under load, with the Redis that works for it.</summary>
internal sealed class Contestant(string name, ServerProcess server, ServerProcess? redis = null) : IAsyncDisposable
{
    public string Name { get; } = name;

    public int Port => server.Port;

    /// <summary>Where its pages and calls are; null for what is no portal.</summary>
    public PortalAddresses? Portal { get; init; }

    public CpuTime Cpu => new(server.Cpu, redis?.Cpu ?? TimeSpan.Zero);

    /// <summary>What .NET has allocated so far; null for other runtimes.</summary>
    public long? Allocated => server.Allocations?.Read();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (redis is not null)
        {
            await redis.DisposeAsync();
        }
    }
}

/// <summary>User and system time of a contestant's processes.</summary>
internal readonly record struct CpuTime(TimeSpan Server, TimeSpan Redis)
{
    public TimeSpan Total => Server + Redis;

    public static CpuTime operator -(CpuTime later, CpuTime earlier) =>
        new(later.Server - earlier.Server, later.Redis - earlier.Redis);
}
