using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.ServiceDefaults.Tests.Resilience;

public sealed class RetryTests
{
    [Fact]
    public async Task Retries_a_get_that_met_an_unavailable_service()
    {
        var calls = 0;
        await using var service = await ServiceHost.StartAsync(map: app => app.MapGet("/", () =>
            Interlocked.Increment(ref calls) == 1 ? Results.StatusCode(503) : Results.Ok()));

        using var response = await Client(service).GetAsync(service.Address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Never_sends_a_post_twice()
    {
        var calls = 0;
        await using var service = await ServiceHost.StartAsync(map: app => app.MapPost("/", () =>
        {
            Interlocked.Increment(ref calls);
            return Results.StatusCode(503);
        }));

        using var response = await Client(service)
            .PostAsync(service.Address, new StringContent("once"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, calls);
    }

    private static HttpClient Client(ServiceHost service) =>
        service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any");
}
