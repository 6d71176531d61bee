using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Platform.Hosting.Tests.Model;

public sealed class BuilderTests
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public void Refuses_two_resources_of_one_name()
    {
        _builder.AddExecutable("tool", "true", ".");

        Assert.Contains("two resources of the name 'Tool'", Assert.Throws<DistributedApplicationException>(
            () => _builder.AddExecutable("Tool", "true", ".")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("with space")]
    [InlineData("under_score")]
    [InlineData("double--hyphen")]
    [InlineData("end-")]
    public void Refuses_a_name_that_cannot_be_a_host(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => _builder.AddExecutable(name, "true", "."));

    [Fact]
    public void Refuses_two_endpoints_of_one_name() =>
        Assert.Contains("two endpoints 'http'", Assert.Throws<DistributedApplicationException>(
            () => _builder.AddExecutable("tool", "true", ".").WithHttpEndpoint().WithHttpEndpoint()).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_container_and_says_what_to_do()
    {
        var message = Assert.Throws<DistributedApplicationException>(() => _builder.AddContainer("db", "postgres")).Message;

        Assert.Contains("'db' is a container (postgres)", message, StringComparison.Ordinal);
        Assert.Contains("AddExecutable", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_resource_that_waits_for_itself()
    {
        var tool = _builder.AddExecutable("tool", "true", ".");

        Assert.Throws<DistributedApplicationException>(() => tool.WaitFor(tool));
    }

    [Fact]
    public void Configuration_reaches_the_builder_from_the_arguments()
    {
        using var builder = DistributedApplicationTestingBuilder.Create("--Hosting:Redis=garnet", "-x=1", "--help");

        Assert.Equal("garnet", builder.Configuration["Hosting:Redis"]);
    }

    [Fact]
    public async Task A_parameter_comes_from_configuration_whatever_its_hyphens()
    {
        _builder.Configuration["Parameters:plain"] = "one";
        _builder.Configuration["Parameters:with_hyphen"] = "two";

        Assert.Equal("one", await _builder.AddParameter("plain").Resource.GetValueAsync(Deadline.Token));
        Assert.Equal("two", await _builder.AddParameter("with-hyphen").Resource.GetValueAsync(Deadline.Token));
    }

    [Fact]
    public async Task A_parameter_without_value_stops_the_start_with_the_name_of_the_variable()
    {
        _builder.AddParameter("api-key", secret: true);
        await using var app = await _builder.BuildAsync(Deadline.Token);

        var failure = await Assert.ThrowsAsync<MissingParameterValueException>(() => app.StartAsync(Deadline.Token));
        Assert.Contains("Parameters__api_key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_value_has_the_letters_asked_for()
    {
        var value = new GenerateParameterDefault { MinLength = 40, Upper = false, Special = false, MinNumeric = 30 }.GetDefaultValue();

        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 30);
        Assert.DoesNotContain(value, letter => !char.IsAsciiDigit(letter) && !char.IsAsciiLetterLower(letter));
    }

    [Fact]
    public void Notes_what_a_resource_refers_to()
    {
        var cache = _builder.AddRedis("cache");
        var tool = _builder.AddExecutable("tool", "true", ".").WithReference(cache).WaitFor(cache)
            .WithEnvironment("X", $"{cache.Resource.PrimaryEndpoint}/0");

        Assert.Equal(
            [("cache", "Reference"), ("cache", "WaitFor")],
            tool.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(known => (known.Resource.Name, known.Type)));
    }
}
