using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Running;
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
        Assert.Equal(EventTypes.AccountDisabled, server.Verify((await endpoint.NextAsync()).Token).Event().Name);
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

    [Fact]
    public async Task Nothing_is_pushed_to_a_client_that_is_registered_no_longer_until_it_is_again()
    {
        await using var server = new StreamsServer();
        await server.InitializeAsync();
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/left");
        var file = Path.Combine(server.Settings["Idp:ConfigFolder"], "clients.yaml");
        var clients = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await RegisterAsync(server, file, clients.Replace("client_id: receiver\n", "client_id: another\n", StringComparison.Ordinal), isThere: false);

        await server.RaiseAsync();
        var worker = server.Services.GetRequiredService<PushWorker>();
        await worker.DrainAsync(id, TestContext.Current.CancellationToken);
        Assert.False(endpoint.Requests.Reader.TryPeek(out _));
        Assert.Equal(1, (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32());

        await RegisterAsync(server, file, clients, isThere: true);
        await server.AdvanceUntilAsync(endpoint.NextAsync());
    }

    private static async Task RegisterAsync(StreamsServer server, string file, string clients, bool isThere)
    {
        await File.WriteAllTextAsync(file, clients, TestContext.Current.CancellationToken);
        var registry = server.Services.GetRequiredService<ClientRegistry>();
        await Testing.Eventually.BecomesTrueAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            return registry.Find("receiver") is not null == isThere;
        }, TestContext.Current.CancellationToken);
    }

    private static string Id(PushedSet pushed) => Portal.Claims(pushed.Token).GetProperty("jti").GetString()!;
}
