using Platform.Flows.Model;

namespace Platform.Flows.Tests.Model;

public sealed class AdviceTests
{
    [Fact]
    public void What_the_log_advises_comes_first()
    {
        var advice = Advice.For("invalid_client", "the provider answered 401 invalid_client. Likely cause: bff-server is unknown. Fix: register it.");

        Assert.Equal(new Advice("bff-server is unknown.", "register it."), advice);
    }

    // The rows of docs/troubleshooting.md and its failure signatures.
    [Theory]
    [InlineData("invalid_request", "redirect_uri is not registered for this client.", "clients.yaml")]
    [InlineData("invalid_redirect_uri", "redirect_uris differ", "DCR_FORCE_REPLACE=true")]
    [InlineData("invalid_scope", "scope exceeds the grant", "dcr_config.yaml")]
    [InlineData("invalid_client", "the client bff-server is registered for private_key_jwt, not client_secret_post (the secret is wrong)", "MS_BFF_TOKEN_AUTH_METHOD=private_key_jwt")]
    [InlineData("invalid_request_uri", "The authorization request has expired or was used already. Start again.", "Start again")]
    [InlineData("spent_state", "the state is unknown, expired or was used", "Start again")]
    [InlineData("invalid_key", "no key fits", "caep.events.dlt")]
    public void A_known_refusal_has_its_fix(string error, string reason, string fix) =>
        Assert.Contains(fix, Advice.For(error, reason)!.Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData("made_up", "nobody knows")]
    [InlineData("invalid_request", "response_type is missing.")]
    [InlineData("made_up", "Fix: it. Likely cause: unknown")]
    public void What_is_not_known_has_none(string error, string reason) => Assert.Null(Advice.For(error, reason));
}
