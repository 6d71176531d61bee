using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ReferenceExpressionTests
{
    [Fact]
    public async Task Asks_for_the_values_of_its_parts_when_it_is_asked()
    {
        var executable = new ExecutableResource("tool", "tool", ".");
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "http", port: 80);
        executable.Annotations.Add(endpoint);
        var expression = ReferenceExpression.Create($"{executable.GetEndpoint("http")}/path?literal={{x}}&text={"a b":uri}");

        endpoint.AllocatedEndpoint = new(endpoint, "localhost", 5123);

        Assert.Equal("http://localhost:5123/path?literal={x}&text=a%20b", await expression.GetValueAsync(Deadline.Token));
        Assert.Equal("{tool.bindings.http.url}/path?literal={x}&text=a%20b", expression.ValueExpression);
    }

    [Fact]
    public async Task Waits_for_an_address_that_is_not_known_yet()
    {
        var executable = new ExecutableResource("tool", "tool", ".");
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "http");
        executable.Annotations.Add(endpoint);
        var value = executable.GetEndpoint("http").Property(EndpointProperty.HostAndPort).GetValueAsync(Deadline.Token);
        Assert.False(value.IsCompleted);

        endpoint.AllocatedEndpoint = new(endpoint, "localhost", 81);

        Assert.Equal("localhost:81", await value);
    }

    [Fact]
    public void Says_which_endpoint_is_missing()
    {
        var endpoint = new ExecutableResource("tool", "tool", ".").GetEndpoint("https");

        Assert.False(endpoint.Exists);
        Assert.Equal("Resource 'tool' has no endpoint 'https'.", Assert.Throws<InvalidOperationException>(() => endpoint.Url).Message);
    }

    [Theory]
    [InlineData(EndpointProperty.Url, "redis://localhost:7")]
    [InlineData(EndpointProperty.Host, "localhost")]
    [InlineData(EndpointProperty.IPV4Host, "127.0.0.1")]
    [InlineData(EndpointProperty.Port, "7")]
    [InlineData(EndpointProperty.Scheme, "redis")]
    [InlineData(EndpointProperty.TargetPort, "8")]
    [InlineData(EndpointProperty.HostAndPort, "localhost:7")]
    public async Task Knows_every_part_of_an_address(EndpointProperty property, string expected)
    {
        var executable = new ExecutableResource("tool", "tool", ".");
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "redis", name: "tcp", targetPort: 8);
        endpoint.AllocatedEndpoint = new(endpoint, "localhost", 7);
        executable.Annotations.Add(endpoint);

        Assert.Equal(expected, await executable.GetEndpoint("tcp").Property(property).GetValueAsync(Deadline.Token));
    }

    [Fact]
    public async Task A_connection_string_carries_the_password_and_its_parts()
    {
        var redis = new RedisResource("cache", new ParameterResource("password", _ => "pw", secret: true));
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "redis", name: "tcp");
        endpoint.AllocatedEndpoint = new(endpoint, "localhost", 6379);
        redis.Annotations.Add(endpoint);

        var parts = new Dictionary<string, string?>();
        foreach (var (name, value) in ((IResourceWithConnectionString)redis).GetConnectionProperties())
        {
            parts[name] = await value.GetValueAsync(Deadline.Token);
        }

        Assert.Equal("localhost:6379,password=pw", await redis.GetConnectionStringAsync(Deadline.Token));
        Assert.Equal(("localhost", "6379", "pw", "redis://:pw@localhost:6379"), (parts["Host"], parts["Port"], parts["Password"], parts["Uri"]));
    }
}
