using System.Diagnostics;

namespace Platform.KafkaBroker.Tests;

/// <summary>The broker as it is run: a process of its own.</summary>
public sealed class BrokerProcess : IDisposable
{
    private const string Greeting = "listening on ";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Platform.KafkaBroker.dll");

    public BrokerProcess() : this("--topics", "orders:6")
    {
    }

    internal BrokerProcess(params string[] arguments)
    {
        Process = Start(arguments);
        var line = Process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException(Process.StandardError.ReadToEnd());
        Assert.StartsWith(Greeting, line, StringComparison.Ordinal);
        Address = line[Greeting.Length..];
    }

    public string Address { get; }

    public Process Process { get; }

    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }
}
