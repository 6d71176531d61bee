namespace Platform.KafkaBroker.Tests;

public sealed class InvocationTests
{
    [Fact]
    public void Reads_topics_with_their_partitions()
    {
        var serve = Assert.IsType<Invocation.Serve>(Invocation.Parse(["--topics", "orders:6, orders.dlt:1"]));
        Assert.Equal([new("orders", 6), new("orders.dlt", 1)], serve.Topics);
    }

    [Fact]
    public void Reads_the_groups_that_are_expected()
    {
        var serve = Assert.IsType<Invocation.Serve>(Invocation.Parse(["--topics", "orders:6", "--groups", "billing, shipping"]));
        Assert.Equal(["billing", "shipping"], serve.Groups);
    }

    [Fact]
    public void Serves_without_topics_or_groups()
    {
        var serve = Assert.IsType<Invocation.Serve>(Invocation.Parse([]));
        Assert.Empty(serve.Topics);
        Assert.Empty(serve.Groups);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders:")]
    [InlineData(":6")]
    [InlineData("orders:0")]
    [InlineData("orders:-1")]
    [InlineData("orders:1001")]
    [InlineData("orders:6:1")]
    public void Refuses_what_is_no_topic(string topic) =>
        Assert.Contains(topic, Assert.IsType<Invocation.Mistake>(Invocation.Parse(["--topics", topic])).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("--topics")]
    [InlineData("--groups")]
    public void Refuses_an_option_without_its_value(string option) =>
        Assert.Contains(option, Assert.IsType<Invocation.Mistake>(Invocation.Parse([option])).Reason, StringComparison.Ordinal);

    [Fact]
    public void Refuses_an_unknown_option() => Assert.IsType<Invocation.Mistake>(Invocation.Parse(["--port", "9092"]));

    [Fact]
    public void Explains_itself() => Assert.IsType<Invocation.Help>(Invocation.Parse(["--help"]));
}
