using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tokens.Tests.SecurityEvents;

public sealed class SecurityEventValidatorTests : IAsyncLifetime
{
    private const string Audience = "urn:example:receiver";

    private readonly TestProvider _provider = new();

    private DateTimeOffset Now => _provider.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Reads_what_the_transmitter_signed()
    {
        var subject = new SubjectIdentifier.Complex(
            new SubjectIdentifier.IssuerSubject(_provider.Issuer, "ada"), new SubjectIdentifier.Opaque("s-1"));
        var sent = new SecurityEventToken(
            _provider.Issuer, Audience, "set-1", Now, subject, EventTypes.SessionRevoked, JsonElement.Parse(Revoked), "txn-1");

        var token = Assert.IsType<SecurityEventCheck.Valid>(await Validate(sent.Sign(TestKeys.Rs256))).Token;

        Assert.Equal(sent with { Event = token.Event, IssuedAt = token.IssuedAt }, token);
        Assert.Equal(Now.ToUnixTimeSeconds(), token.IssuedAt.ToUnixTimeSeconds());
        Assert.Equal(1893553445, token.EventTimestamp?.ToUnixTimeSeconds());
        Assert.Equal("admin", token.Event.GetProperty("initiating_entity").GetString());
    }

    [Fact]
    public async Task Never_refuses_a_revocation_for_its_age()
    {
        var claims = Claims();
        claims["iat"] = 1_000_000_000;

        Assert.IsType<SecurityEventCheck.Valid>(await Validate(claims));
    }

    [Fact]
    public async Task Takes_what_is_for_another_name_of_the_receiver()
    {
        var claims = Claims();
        claims["aud"] = "urn:example:other";
        var token = Jwt.Sign(TestKeys.Rs256, "secevent+jwt", claims);

        Assert.IsType<SecurityEventCheck.Valid>(await Validate(token, Rules with { OtherAudiences = ["urn:example:other"] }));
        Refuses("invalid_audience", "The audience (aud) is another one.", await Validate(token, Rules with { OtherAudiences = ["urn:example:third"] }));
    }

    [Theory]
    [InlineData("iss", "https://evil.example", "invalid_issuer", "The issuer (iss) is another one.")]
    [InlineData("aud", "urn:example:other", "invalid_audience", "The audience (aud) is another one.")]
    [InlineData("aud", null, "invalid_audience", "The audience (aud) is another one.")]
    [InlineData("sub", "ada", "invalid_request", "The token has a sub.")]
    [InlineData("exp", "", "invalid_request", "The token has an expiry (exp).")]
    [InlineData("jti", null, "invalid_request", "The token id (jti) is missing.")]
    [InlineData("iat", null, "invalid_request", "The time of issue (iat) is missing.")]
    [InlineData("events", null, "invalid_request", "The token has not exactly one event (events).")]
    [InlineData("sub_id", "ada", "invalid_request", "The subject identifier is not a JSON object.")]
    public async Task Refuses_a_wrong_or_missing_claim(string claim, string? value, string error, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(error, reason, await Validate(claims));
    }

    [Fact]
    public async Task Refuses_a_token_without_subject()
    {
        var claims = Claims();
        claims.Remove("sub_id");

        Refuses("invalid_request", "The subject (sub_id) is missing.", await Validate(claims));
    }

    [Fact]
    public async Task Refuses_a_token_of_the_future()
    {
        var claims = Claims();
        claims["iat"] = Now.ToUnixTimeSeconds() + 11;

        Refuses("invalid_request", "The token was issued in the future (iat).", await Validate(claims));
    }

    [Theory]
    [InlineData("{}", "The token has not exactly one event (events).")]
    [InlineData("""{"urn:example:a":{},"urn:example:b":{}}""", "The token has not exactly one event (events).")]
    [InlineData("""{"revoked":{}}""", "The event type is not a URI.")]
    [InlineData("""{"urn:example:a":"x"}""", "The event is not a JSON object.")]
    [InlineData("""{"https://schemas.openid.net/secevent/caep/event-type/session-revoked":{"event_timestamp":"x"}}""", "The event_timestamp is not a time in seconds.")]
    [InlineData("""{"https://schemas.openid.net/secevent/caep/event-type/session-revoked":{"initiating_entity":"x"}}""", "The initiating_entity is not admin, user, policy or system.")]
    [InlineData("""{"https://schemas.openid.net/secevent/caep/event-type/session-revoked":{"reason_admin":"x"}}""", "The reason_admin is not an object of texts by language.")]
    [InlineData("""{"https://schemas.openid.net/secevent/caep/event-type/session-revoked":{"reason_user":{}}}""", "The reason_user is not an object of texts by language.")]
    public async Task Refuses_a_malformed_event(string events, string reason)
    {
        var claims = Claims();
        claims["events"] = JsonNode.Parse(events);

        Refuses("invalid_request", reason, await Validate(claims));
    }

    [Fact]
    public async Task X7_discards_a_subject_with_a_critical_member_that_is_not_understood()
    {
        var claims = Claims();
        claims["sub_id"] = JsonNode.Parse("""{"format":"complex","user":{"format":"opaque","id":"u"},"mood":{"format":"opaque","id":"m"}}""");
        Assert.IsType<SecurityEventCheck.Valid>(await Validate(claims));

        var rules = Rules with { CriticalSubjectMembers = ["user", "mood"] };
        Refuses(
            "invalid_request", "The subject has the critical member mood, which is not understood here.",
            await Validate(Jwt.Sign(TestKeys.Rs256, "secevent+jwt", claims), rules));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("at+jwt")]
    [InlineData("logout+jwt")]
    public async Task T22_refuses_an_ID_token_or_logout_token(string type) => Refuses(
        "invalid_request", "The type (typ) is not the expected one.", await Validate(Jwt.Sign(TestKeys.Rs256, type, Claims())));

    [Fact]
    public async Task T22_refuses_the_key_of_another_issuer() => Refuses(
        "invalid_key", "The key (kid) is not one of the issuer's.",
        await Validate(Jwt.Sign(TestKeys.ForeignRs256, "secevent+jwt", Claims())));

    [Fact]
    public async Task T22_refuses_the_signature_of_another_key_under_a_known_name()
    {
        using var forger = SigningKey.FromPem(TestKeys.ForeignRs256.ToPem(), JwsAlgorithm.RS256, TestKeys.Rs256.KeyId);

        Refuses(
            "invalid_key", "The signature does not hold.", await Validate(Jwt.Sign(forger, "secevent+jwt", Claims())));
    }

    [Fact]
    public async Task X4_refuses_another_algorithm_than_RS256() => Refuses(
        "invalid_request", "The algorithm (alg) is not accepted.",
        await Validate(Jwt.Sign(TestKeys.Es256, "secevent+jwt", Claims())));

    [Fact]
    public async Task Does_not_decide_on_a_key_that_may_be_new()
    {
        var validator = new SecurityEventValidator(_provider.Client(), Rules, _provider.Clock);
        var token = Jwt.Sign(TestKeys.ForeignRs256, "secevent+jwt", Claims());
        Assert.IsType<SecurityEventCheck.Refused>(
            await validator.ValidateAsync(token, TestContext.Current.CancellationToken));

        Assert.Equal(
            new SecurityEventCheck.Undecided("The key (kid) is not known, and the issuer's keys could not be fetched again yet."),
            await validator.ValidateAsync(token, TestContext.Current.CancellationToken));
    }

    private const string Revoked =
        """{"event_timestamp":1893553445,"initiating_entity":"admin","reason_admin":{"en":"Lost laptop"}}""";

    private SecurityEventRules Rules => new(_provider.Issuer, Audience, TimeSpan.FromSeconds(10));

    private JsonObject Claims() => new()
    {
        ["iss"] = _provider.Issuer,
        ["aud"] = Audience,
        ["jti"] = "set-1",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["sub_id"] = new JsonObject { ["format"] = "iss_sub", ["iss"] = _provider.Issuer, ["sub"] = "ada" },
        ["events"] = new JsonObject { [EventTypes.SessionRevoked] = JsonNode.Parse(Revoked) },
    };

    private ValueTask<SecurityEventCheck> Validate(JsonObject claims) =>
        Validate(Jwt.Sign(TestKeys.Rs256, "secevent+jwt", claims));

    private ValueTask<SecurityEventCheck> Validate(string token, SecurityEventRules? rules = null) =>
        new SecurityEventValidator(_provider.Client(), rules ?? Rules, _provider.Clock)
            .ValidateAsync(token, TestContext.Current.CancellationToken);

    private static void Refuses(string error, string reason, SecurityEventCheck check) =>
        Assert.Equal(new SecurityEventCheck.Refused(error, reason), check);
}
