using Platform.Tokens.ClientAssertions;

namespace Platform.Tokens.Tests.ClientAssertions;

public class ClientAssertionTests
{
    private const string Issuer = "https://server.example";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Fact]
    public void Is_accepted_once_made_and_lives_for_a_minute()
    {
        var assertion = ClientAssertion.Create(TestKeys.Ps256, "bff-server", Issuer, Now);
        var rules = new ClientAssertionRules(Issuer, "bff-server") { ClockSkew = TimeSpan.Zero };

        var valid = Assert.IsType<ClientAssertionCheck.Valid>(
            ClientAssertionValidator.Check(assertion, TestKeys.Set, rules, Now));

        Assert.Equal(("bff-server", Now + TimeSpan.FromMinutes(1)), (valid.ClientId, valid.ExpiresAt));
        Assert.IsType<ClientAssertionCheck.Refused>(
            ClientAssertionValidator.Check(assertion, TestKeys.Set, rules, valid.ExpiresAt));
    }

    [Fact]
    public void Never_repeats_an_id() => Assert.Equal(
        100,
        Enumerable.Range(0, 100)
            .Select(_ => ClientAssertion.Create(TestKeys.Es256, "bff-server", Issuer, Now))
            .Select(assertion => ((ClientAssertionCheck.Valid)ClientAssertionValidator.Check(
                assertion, TestKeys.Set, new ClientAssertionRules(Issuer, "bff-server"), Now)).Id)
            .Distinct()
            .Count());

    [Fact]
    public void Says_whose_it_claims_to_be() => Assert.Equal(
        "bff-server",
        ClientAssertion.PeekClientId(ClientAssertion.Create(TestKeys.Es256, "bff-server", Issuer, Now)));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.%.c")]
    [InlineData("a.e30.c")]
    [InlineData("a.W10.c")]
    [InlineData("a.eyJzdWIiOjd9.c")]
    [InlineData("a.eyJzdWIiOiIifQ.c")]
    public void Says_nothing_of_what_it_cannot_read(string assertion) =>
        Assert.Null(ClientAssertion.PeekClientId(assertion));
}
