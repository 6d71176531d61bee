namespace Platform.Benchmarks.Load;

/// <summary>What one round of one contestant came to.</summary>
internal sealed record Sample(int Requests, TimeSpan Elapsed, CpuTime Cpu, long? Allocated, TimeSpan SlowestHundredth)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    /// <summary>Of the server and its Redis.</summary>
    public double PerCpuSecond => Requests / Cpu.Total.TotalSeconds;

    public double CpuMicroseconds => Cpu.Total.TotalMicroseconds / Requests;

    public double RedisMicroseconds => Cpu.Redis.TotalMicroseconds / Requests;

    public double? AllocatedPerRequest => Allocated / (double)Requests;
}
