using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing;

namespace Platform.ServiceDefaults.Tests.Resilience;

public sealed class BrokenConnectionTests
{
    [Fact]
    public async Task A_connection_that_the_peer_breaks_at_once_is_a_failed_request()
    {
        using var broken = new BrokenConnection();
        await using var service = await ServiceHost.StartAsync(builder => builder.Services
            .AddHttpClient("broken").ConfigurePrimaryHttpMessageHandler(broken.NewHandler));
        using var http = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("broken");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.PostAsync(new Uri("http://127.0.0.1/"), new StringContent("once"), TestContext.Current.CancellationToken));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.IsType<SocketException>(failure.InnerException);
    }
}
