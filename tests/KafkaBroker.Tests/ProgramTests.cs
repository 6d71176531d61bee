using System.Diagnostics;

namespace Platform.KafkaBroker.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Ends_at_once_and_well_on_a_signal(string signal)
    {
        using var broker = new BrokerProcess();
        using var kill = Process.Start("kill", [$"-{signal}", $"{broker.Process.Id}"]);
        await broker.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, broker.Process.ExitCode);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_its_arguments()
    {
        using var process = BrokerProcess.Start("--topics", "orders");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("'orders' is no topic", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_what_it_cannot_do()
    {
        using var process = BrokerProcess.Start("--help");
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("cannot: keep anything", text, StringComparison.Ordinal);
    }
}
