using Aspire.Hosting;

namespace Platform.Hosting.Tests.Model;

public sealed class ParameterStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"platform-test-{Guid.NewGuid():n}");

    [Fact]
    public void Keeps_a_generated_value_for_the_next_run_where_only_the_owner_reads_it()
    {
        var first = new ParameterStore(_folder).GetOrAdd("secret", () => "generated");
        var second = new ParameterStore(_folder).GetOrAdd("secret", () => "another");

        Assert.Equal(("generated", "generated"), (first, second));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "parameters.json")));
    }

    [Fact]
    public void Gives_everybody_the_same_value_when_several_ask_at_once()
    {
        var values = new System.Collections.Concurrent.ConcurrentBag<string>();

        Parallel.For(0, 8, i => values.Add(new ParameterStore(_folder).GetOrAdd("secret", () => $"{i}")));

        Assert.Single(values.Distinct());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
