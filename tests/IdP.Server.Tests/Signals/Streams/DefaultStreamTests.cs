using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>One stream for each receiver, which begins without subjects.</summary>
public sealed class DefaultStreamTests(DefaultStreamTests.Server server) : IClassFixture<DefaultStreamTests.Server>
{
    public sealed class Server : StreamsServer, IAsyncLifetime
    {
        public Server()
        {
            Settings.Remove("Signals:StreamsPerReceiver");
            Settings["Signals:DefaultSubjects"] = "NONE";
            Settings["Signals:SubjectsPerStream"] = "2";
        }
    }

    [Fact]
    public async Task A_second_stream_of_the_same_receiver_is_a_conflict_until_the_first_is_deleted()
    {
        using var receiver = new Receiver(server, "other-receiver");
        var id = (await receiver.CreateAsync()).Id();

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/streams", "{}", "conflict", HttpStatusCode.Conflict);

        await receiver.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);
        await receiver.CreateAsync();
    }

    [Fact]
    public async Task Only_what_concerns_the_subjects_that_were_added_is_told()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync(EventTypes.SessionRevoked, StreamsServer.Ada);

        await ChangeAsync(receiver, "add", id, """{"format":"email","email":"ada@example.com"}""", HttpStatusCode.OK);
        await server.RaiseAsync(EventTypes.AccountDisabled, StreamsServer.Ada);
        await server.RaiseAsync(EventTypes.AccountDisabled, StreamsServer.Grace);
        await ChangeAsync(receiver, "add", id, """{"format":"complex","tenant":{"format":"opaque","id":"t"}}""", HttpStatusCode.OK);
        await server.RaiseAsync(EventTypes.CredentialCompromise, user: null, given: new SubjectIdentifier.Complex(new SubjectIdentifier.Opaque("u"), null)
        {
            Tenant = new SubjectIdentifier.Opaque("other"),
        });
        await server.RaiseAsync(EventTypes.AccountPurged, user: null, given: new SubjectIdentifier.Complex(new SubjectIdentifier.Opaque("u"), null)
        {
            Tenant = new SubjectIdentifier.Opaque("t"),
        });
        var received = await receiver.ReceiveAsync(id, 2);
        await ChangeAsync(receiver, "remove", id, """{"format":"complex","tenant":{"format":"opaque","id":"t"}}""", HttpStatusCode.NoContent);
        await ChangeAsync(receiver, "remove", id, """{"format":"email","email":"ada@example.com"}""", HttpStatusCode.NoContent);
        await server.RaiseAsync(EventTypes.AccountEnabled, StreamsServer.Ada);
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}"}""", HttpStatusCode.NoContent);

        Assert.Equal([EventTypes.AccountDisabled, EventTypes.AccountPurged], received.Select(set => set.Claims.Event().Name));
        Assert.Equal(EventTypes.Verification, (await receiver.ReceiveAsync(id, 3))[2].Claims.Event().Name);
        await receiver.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task No_more_subjects_are_added_than_there_may_be()
    {
        using var receiver = new Receiver(server, "pairwise-receiver");
        var id = (await receiver.CreateAsync()).Id();
        await ChangeAsync(receiver, "add", id, """{"format":"opaque","id":"1"}""", HttpStatusCode.OK);
        await ChangeAsync(receiver, "add", id, """{"format":"opaque","id":"2"}""", HttpStatusCode.OK);
        await ChangeAsync(receiver, "add", id, """{"format":"opaque","id":"2"}""", HttpStatusCode.OK);

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/subjects/add",
            $$$"""{"stream_id":"{{{id}}}","subject":{"format":"opaque","id":"3"}}""", "access_denied", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("StreamsPerReceiver", "0")]
    [InlineData("DefaultSubjects", "SOME")]
    [InlineData("SubjectsPerStream", "0")]
    [InlineData("QueueLength", "1")]
    [InlineData("QueueAge", "00:00:01")]
    [InlineData("MinVerificationInterval", "00:00:00")]
    [InlineData("InactivityTimeout", "00:00:01")]
    [InlineData("LongPoll", "00:10:00")]
    [InlineData("PollBatch", "0")]
    public async Task A_setting_that_is_out_of_its_range_stops_the_start(string name, string value)
    {
        await using var other = new StreamsServer { Settings = { [$"Signals:{name}"] = value } };

        Assert.Equal(1, await other.Start().Ended);
    }

    [Fact]
    public void The_settings_as_shipped_are_good() =>
        Assert.True(server.Services.GetRequiredService<IValidateOptions<StreamOptions>>().Validate(null, new StreamOptions()).Succeeded);

    private static async Task ChangeAsync(Receiver receiver, string change, string id, string subject, HttpStatusCode status) =>
        await receiver.SendAsync(HttpMethod.Post, $"/ssf/subjects/{change}", $$"""{"stream_id":"{{id}}","subject":{{subject}}}""", status);
}
