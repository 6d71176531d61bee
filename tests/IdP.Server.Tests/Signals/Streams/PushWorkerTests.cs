using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals.Streams;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Several processes before one Redis, and a Redis that goes away.</summary>
public sealed class PushWorkerTests
{
    [Fact]
    public async Task Two_processes_push_each_SET_once_and_in_order()
    {
        await using var server = new StreamsServer();
        await server.InitializeAsync();
        await using var second = server.Start();
        await second.WaitForStartAsync();
        using var receiver = new Receiver(server);
        var (_, endpoint) = await receiver.CreatePushAsync("/twice");

        for (var count = 0; count < 20; count++)
        {
            await server.RaiseAsync(session: $"{count}");
            second.Services.GetRequiredService<StreamSignals>().Any.Raise();
        }

        var jtis = new List<string>();
        while (jtis.Count < 20)
        {
            jtis.Add(server.Verify((await endpoint.NextAsync()).Token).GetProperty("jti").GetString()!);
        }

        Assert.Equal(20, jtis.Distinct().Count());
        await server.RaiseAsync(EventTypes.AccountDisabled);
        Assert.Equal(EventTypes.AccountDisabled, server.Verify((await endpoint.NextAsync()).Token).EventType());
    }

    [Fact]
    public async Task What_waits_when_a_process_ends_is_pushed_by_the_next()
    {
        await using var server = new StreamsServer();
        await server.InitializeAsync();
        using var receiver = new Receiver(server);
        var (_, endpoint) = await receiver.CreatePushAsync("/handed-on");
        endpoint.Answer = (StatusCodes.Status503ServiceUnavailable, null);
        await server.RaiseAsync();
        var first = await endpoint.NextAsync();

        server.Stop();
        endpoint.Answer = (StatusCodes.Status202Accepted, null);
        await using var next = server.Start();
        await next.WaitForStartAsync();

        var again = await server.AdvanceUntilAsync(endpoint.NextAsync());
        Assert.Equal(Id(first), Id(again));
    }

    private static string Id(PushedSet pushed) => Running.Portal.Claims(pushed.Token).GetProperty("jti").GetString()!;
}
