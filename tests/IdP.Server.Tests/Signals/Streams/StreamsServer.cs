using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Events;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>A transmitter with receivers of every kind, which may have many streams each, and a host that they push to.</summary>
public class StreamsServer : IdpServer, IAsyncLifetime
{
    internal const string ReceiverSecret = "the-receivers-have-a-secret-too";
    internal const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";
    internal const string Grace = "c84e9d27-1a6f-4e83-b0d5-93a7f2410e6c";

    private ClientHost? _host;

    public StreamsServer()
    {
        Settings["Idp:PairwiseSalt"] = "a-salt-for-tests-is-long-but-no-secret";
        Settings["Signals:StreamsPerReceiver"] = "100";
    }

    /// <summary>Where receivers are; each stream has a path of its own.</summary>
    internal string Origin => _host!.Origin;

    internal PushedSets Pushed { get; } = new();

    internal override string MoreClients => $$"""

          - client_id: receiver
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{ReceiverSecret}}
            grant_types: [client_credentials]
            scopes: [ssf.read, ssf.manage]

          - client_id: other-receiver
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{ReceiverSecret}}
            grant_types: [client_credentials]
            scopes: [ssf.read, ssf.manage]

          - client_id: pairwise-receiver
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{ReceiverSecret}}
            grant_types: [authorization_code, client_credentials]
            redirect_uris: [https://pairwise-receiver.test/callback]
            scopes: [openid, ssf.read, ssf.manage]
            subject_type: pairwise
            skip_consent: true

        """;

    public new async ValueTask InitializeAsync()
    {
        _host = await ClientHost.StartAsync(Pushed.TakeAsync);
        Settings["Idp:Outbound:CaFile"] = _host.CaFile;
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>As a process that is told to end.</summary>
    internal void Stop() => Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    /// <summary>Lets the time pass until it is done.</summary>
    internal async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        await Testing.Eventually.BecomesTrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return task.IsCompleted;
        }, TestContext.Current.CancellationToken);
        return await task;
    }

    /// <summary>Raises an event as any part of the server does; it is in the queues of those that want it.</summary>
    internal async Task RaiseAsync(
        string type = EventTypes.SessionRevoked, string? user = Ada, string? session = null, SubjectIdentifier? given = null)
    {
        await Services.GetRequiredService<Outbox>().AddAsync(Services.GetRequiredService<EventFactory>().Make(
            type,
            new EventSubject { User = user, Session = session, Given = given is null ? null : JsonSerializer.SerializeToElement(given.ToJson()) },
            EventCause.Administrator("A test.")));
        await Testing.Eventually.BecomesTrueAsync(
            async () => !await Redis.Connection.GetDatabase().KeyExistsAsync(Outbox.Key), TestContext.Current.CancellationToken);
    }

    /// <summary>What an administrator is shown there.</summary>
    internal async Task<JsonElement> AdministerAsync(string path)
    {
        using var portal = new Portal(this);
        using var issued = await portal.PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = "streams.read" }, "admin-cli", AdminSecret);
        using var response = await portal.GetWithTokenAsync(path, (await App.OkAsync(issued)).AccessToken());
        return await App.OkAsync(response);
    }

    /// <summary>What an administrator orders there, and the answer to it.</summary>
    internal async Task<JsonElement> OrderAsync(string path, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var administrator = new Receiver(this);
        using var response = await administrator.SendAsync(
            HttpMethod.Post, path, body, await administrator.Portal.GetAdminTokenAsync("streams.write"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    internal async Task<JsonElement> AdministeredAsync(string streamId) =>
        (await AdministerAsync("/admin/streams")).EnumerateArray().Single(stream => stream.Id() == streamId);
}
