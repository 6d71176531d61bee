using System.Text.Json;
using Platform.Flows.Command;
using Platform.Testing;

namespace Platform.Flows.Tests.Command;

public sealed class PrintCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flows-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private FlowsServer _flows = null!;

    private string AddressFile => Path.Combine(_folder.FullName, "flows.address");

    public async ValueTask InitializeAsync()
    {
        _flows = await FlowsServer.StartAsync();
        _flows.Traces.Add(Recordings.Spans("sign-in"));
        _flows.Traces.Add(Recordings.Spans("refusal"));
        await File.WriteAllTextAsync(AddressFile, _flows.Address.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        await _flows.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_lists_the_flows_the_newest_last()
    {
        Assert.Equal(0, await RunAsync());

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("done", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Sign-in (invalid_request)", lines[1].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_prints_one_step_by_step()
    {
        Assert.Equal(0, await RunAsync("--trace", Recordings.Flow("refusal").Id.ToUpperInvariant()));

        Assert.Contains("Browser → IdP  GET /authorize -> 400", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Fix: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_prints_JSON()
    {
        Assert.Equal(0, await RunAsync("--json"));

        using var flows = JsonDocument.Parse(_output.ToString());
        Assert.Equal(["refused", "done"], flows.RootElement.EnumerateArray().Select(flow => flow.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task It_follows_until_the_service_ends_and_repeats_nothing()
    {
        var following = RunAsync("--follow");
        await Eventually.BecomesTrueAsync(() => Lines() == 2, TestContext.Current.CancellationToken);
        _flows.Traces.Add(Recordings.Spans("revocation"));
        await Eventually.BecomesTrueAsync(() => Lines() == 3, TestContext.Current.CancellationToken);

        await _flows.StopAsync();

        Assert.Contains(await following, (int[])[0, 3]);
        Assert.Equal(3, Lines());
    }

    [Theory]
    [InlineData("--trace")]
    [InlineData("--trace", "7")]
    [InlineData("--trace", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("--nonsense")]
    public async Task Arguments_that_it_does_not_understand_are_told_with_the_usage(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.Contains("usage: ./platform flows", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_is_not_there_is_told()
    {
        Assert.Equal(1, await RunAsync("--trace", new string('f', 32)));
        Assert.Contains("there is no flow of the trace", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("http://elsewhere.example:17010")]
    [InlineData("http://localhost:1")]
    public async Task When_nothing_runs_it_says_how_to_start_it(string? address)
    {
        File.Delete(AddressFile);
        if (address is not null)
        {
            await File.WriteAllTextAsync(AddressFile, address, TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, await RunAsync());
        Assert.Contains("./platform run", _errors.ToString(), StringComparison.Ordinal);
    }

    private int Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private Task<int> RunAsync(params string[] args) => PrintCommand.RunAsync(["--address-file", AddressFile, .. args], TextWriter.Synchronized(_output), _errors);
}
