using System.IO.Pipes;

/// <summary>
/// .NET loads this into a server that the benchmark starts (DOTNET_STARTUP_HOOKS), before its Main: it tells how much the
/// process has allocated, to whoever connects, and else does nothing. The name and the global namespace are .NET's.
/// </summary>
internal static class StartupHook
{
    public const string PipeVariable = "BENCH_ALLOCATIONS";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PipeVariable) is { Length: > 0 } pipe)
        {
            new Thread(() => Serve(pipe)) { IsBackground = true, Name = "allocations" }.Start();
        }
    }

    private static void Serve(string name)
    {
        using var pipe = new NamedPipeServerStream(name, PipeDirection.Out);
        while (true)
        {
            pipe.WaitForConnection();
            pipe.Write(BitConverter.GetBytes(GC.GetTotalAllocatedBytes(precise: true)));
            pipe.Disconnect();
        }
    }
}
