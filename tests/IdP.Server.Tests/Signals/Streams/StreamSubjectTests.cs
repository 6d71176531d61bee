using System.Net;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>SSF 1.0 section 8.1.3, where a stream is about everybody unless the receiver says otherwise.</summary>
public sealed class StreamSubjectTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string AdaByEmail = """{"format":"email","email":"Ada@example.com"}""";

    public static TheoryData<string> Formats =>
    [
        AdaByEmail,
        """{"format":"email","email":"nobody@example.com"}""",
        """{"format":"iss_sub","iss":"https://idp.test","sub":"nobody"}""",
        """{"format":"opaque","id":"something"}""",
        """{"format":"account","uri":"acct:nobody@example.com"}""",
        """{"format":"phone_number","phone_number":"+12065550100"}""",
        """{"format":"did","url":"did:example:123456"}""",
        """{"format":"uri","uri":"https://example.com/nobody"}""",
        """{"format":"aliases","identifiers":[{"format":"email","email":"nobody@example.com"},{"format":"opaque","id":"x"}]}""",
        """{"format":"jwt_id","iss":"https://idp.test","jti":"one"}""",
        """{"format":"saml_assertion_id","issuer":"https://idp.test","assertion_id":"_1"}""",
        """{"format":"ip-addresses","ip-addresses":["10.29.37.75"]}""",
        """{"format":"complex","user":{"format":"email","email":"nobody@example.com"},"tenant":{"format":"opaque","id":"t"}}""",
    ];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_subject_of_every_format_is_added_and_removed_whether_it_is_known_or_not(string subject)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var added = await SubjectAsync(receiver, "add", id, subject, HttpStatusCode.OK);
        var removed = await SubjectAsync(receiver, "remove", id, subject, HttpStatusCode.NoContent);

        Assert.Equal("", added + removed);
    }

    [Theory]
    [InlineData(AdaByEmail)]
    [InlineData($$"""{"format":"iss_sub","iss":"{{IdpServer.Issuer}}","sub":"{{StreamsServer.Ada}}"}""")]
    [InlineData($$$"""{"format":"complex","user":{{{AdaByEmail}}}}""")]
    public async Task Nothing_is_told_of_a_subject_that_was_removed_until_it_is_added_again(string ada)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await SubjectAsync(receiver, "remove", id, ada, HttpStatusCode.NoContent);
        await server.RaiseAsync(EventTypes.SessionRevoked, StreamsServer.Ada);
        await server.RaiseAsync(EventTypes.AccountDisabled, StreamsServer.Grace);
        await receiver.ReceiveAsync(id);
        await SubjectAsync(receiver, "add", id, ada, HttpStatusCode.OK);
        await server.RaiseAsync(EventTypes.AccountEnabled, StreamsServer.Ada);

        var received = await receiver.ReceiveAsync(id, 2);
        Assert.Equal([EventTypes.AccountDisabled, EventTypes.AccountEnabled], received.Select(set => set.Claims.Event().Name));
    }

    [Theory]
    [InlineData(AdaByEmail)]
    [InlineData($$"""{"format":"iss_sub","iss":"{{IdpServer.Issuer}}","sub":"{{StreamsServer.Ada}}"}""")]
    public async Task A_person_whom_the_event_names_in_another_way_is_the_same(string ada)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await SubjectAsync(receiver, "remove", id, ada, HttpStatusCode.NoContent);

        await server.RaiseAsync(EventTypes.AccountDisabled, given: new SubjectIdentifier.Email("ada@example.com"));
        await server.RaiseAsync(EventTypes.AccountEnabled, given: new SubjectIdentifier.IssuerSubject(IdpServer.Issuer, StreamsServer.Ada));
        await server.RaiseAsync(EventTypes.AccountPurged, given: new SubjectIdentifier.PhoneNumber("+44 20 7946 0000"));
        await server.RaiseAsync(EventTypes.SessionRevoked, StreamsServer.Grace);

        Assert.Equal(EventTypes.SessionRevoked, Assert.Single(await receiver.ReceiveAsync(id)).Claims.Event().Name);
    }

    [Fact]
    public async Task A_pairwise_receiver_never_sees_the_sub_that_others_know()
    {
        using var pairwise = new Receiver(server, "pairwise-receiver");
        var id = (await pairwise.CreateAsync()).Id();
        var ada = new SubjectIdentifier.IssuerSubject(IdpServer.Issuer, StreamsServer.Ada);

        await server.RaiseAsync(EventTypes.SessionRevoked);
        await server.RaiseAsync(given: new SubjectIdentifier.Complex(ada, null) { Device = new SubjectIdentifier.Opaque("her phone") });
        await server.RaiseAsync(given: new SubjectIdentifier.Aliases([new SubjectIdentifier.Email("ada@example.com"), ada]));

        var received = (await pairwise.ReceiveAsync(id, 3)).Select(set => set.Claims.GetProperty("sub_id")).ToList();
        var sub = received[0].Text("sub");
        Assert.Equal(sub, received[1].GetProperty("user").Text("sub"));
        Assert.Equal("her phone", received[1].GetProperty("device").Text("id"));
        Assert.Equal(sub, received[2].GetProperty("identifiers")[1].Text("sub"));
        Assert.NotEqual(StreamsServer.Ada, sub);
    }

    [Fact]
    public async Task To_remove_a_person_on_one_device_keeps_nothing_else_about_her_back()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await SubjectAsync(receiver, "remove", id,
            $$$"""{"format":"complex","user":{{{AdaByEmail}}},"device":{"format":"opaque","id":"her phone"}}""", HttpStatusCode.NoContent);

        await server.RaiseAsync(EventTypes.DeviceComplianceChange, given: new SubjectIdentifier.Complex(new SubjectIdentifier.Email("ada@example.com"), null)
        {
            Device = new SubjectIdentifier.Opaque("her phone"),
        });
        await server.RaiseAsync(EventTypes.SessionRevoked, StreamsServer.Ada);

        Assert.Equal(EventTypes.SessionRevoked, Assert.Single(await receiver.ReceiveAsync(id)).Claims.Event().Name);
    }

    [Fact]
    public async Task The_stream_itself_cannot_be_removed()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await SubjectAsync(receiver, "remove", id, $$"""{"format":"opaque","id":"{{id}}"}""", HttpStatusCode.NoContent);
        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}"}""", HttpStatusCode.NoContent);

        Assert.Equal(EventTypes.Verification, Assert.Single(await receiver.ReceiveAsync(id)).Claims.Event().Name);
    }

    [Theory]
    [InlineData("\"subject\":{\"format\":\"unknown\"}")]
    [InlineData("\"subject\":{\"format\":\"email\"}")]
    [InlineData("\"subject\":\"ada\"")]
    [InlineData("\"subject\":{\"format\":\"complex\"}")]
    [InlineData("\"no\":1")]
    public async Task A_subject_that_cannot_be_understood_is_refused(string member)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/subjects/add", $$"""{"stream_id":"{{id}}",{{member}}}""", "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/subjects/remove", $$"""{"stream_id":"{{id}}",{{member}}}""", "invalid_request");
    }

    [Fact]
    public async Task A_request_that_is_none_is_refused()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        foreach (var path in new[] { "/ssf/subjects/add", "/ssf/subjects/remove" })
        {
            await receiver.RefusesAsync(HttpMethod.Post, path, "no JSON", "invalid_request");
            await receiver.RefusesAsync(HttpMethod.Post, path, $$"""{"subject":{{AdaByEmail}}}""", "invalid_request");
            await receiver.RefusesAsync(HttpMethod.Post, path, $$"""{"stream_id":"unknown","subject":{{AdaByEmail}}}""", "not_found", HttpStatusCode.NotFound);
        }

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/subjects/add",
            $$"""{"stream_id":"{{id}}","subject":{{AdaByEmail}},"verified":"yes"}""", "invalid_request");
    }

    private static async Task<string> SubjectAsync(Receiver receiver, string change, string id, string subject, HttpStatusCode status)
    {
        using var response = await receiver.SendAsync(
            HttpMethod.Post, $"/ssf/subjects/{change}", $$"""{"stream_id":"{{id}}","subject":{{subject}},"verified":true}""");
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
