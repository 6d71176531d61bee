using System.Net;
using System.Net.Http.Headers;
using Platform.Bff.Tests.Fixture;
using Platform.Tokens.DPoP;

namespace Platform.Bff.Tests.Forwarding;

public sealed class DPoPForwardingTests(FullPortal portal) : IClassFixture<FullPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task D3_D4_D5_a_call_carries_a_proof_for_its_address_and_its_token()
    {
        using var browser = await SignedInAsync();

        using var contacts = await browser.CallAsync("/api/contacts?page=2");

        Assert.Equal(HttpStatusCode.OK, contacts.StatusCode);
        Prove(Assert.Single(_portal.Contacts.Requests));
    }

    [Fact]
    public async Task D2_each_call_has_a_proof_of_its_own()
    {
        using var browser = await SignedInAsync();

        using var first = await browser.CallAsync("/api/contacts");
        using var second = await browser.CallAsync("/api/contacts");

        Assert.Equal(2, _portal.Contacts.Requests.Select(Prove).Select(proof => proof.Id).Distinct().Count());
    }

    [Fact]
    public async Task D7_D9_repeats_once_with_the_nonce_of_this_server()
    {
        _portal.Contacts.Nonce = Guid.NewGuid().ToString();
        using var browser = await SignedInAsync();

        using var contacts = await browser.CallAsync("/api/contacts");
        using var again = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.OK, contacts.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(3, _portal.Contacts.Requests.Count);
        Assert.Equal(_portal.Contacts.Nonce, Prove(_portal.Contacts.Requests.Last()).Nonce);
        Assert.False(contacts.Headers.Contains("DPoP-Nonce"));
    }

    [Fact]
    public async Task D7_repeats_each_of_many_calls_that_learn_of_a_nonce_at_the_same_time()
    {
        _portal.Contacts.Nonce = Guid.NewGuid().ToString();
        using var browser = await SignedInAsync();

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.CallAsync("/api/contacts")));

        Assert.All(calls, call => Assert.Equal(HttpStatusCode.OK, call.StatusCode));
    }

    [Fact]
    public async Task Does_not_repeat_for_ever()
    {
        _portal.Contacts.Nonce = "the first";
        _portal.Contacts.ChangesNonce = true;
        using var browser = await SignedInAsync();

        using var contacts = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.Unauthorized, contacts.StatusCode);
        Assert.Equal(2, _portal.Contacts.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_was_refused_for_its_nonce_is_not_sent_twice_but_may_be_repeated()
    {
        _portal.Contacts.Nonce = Guid.NewGuid().ToString();
        using var browser = await SignedInAsync();

        using var first = await browser.PostAsync("/api/notes", new StringContent("a note"));
        using var second = await browser.PostAsync("/api/notes", new StringContent("a note"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal(TimeSpan.Zero, first.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(2, _portal.Contacts.Requests.Count);
    }

    private async Task<Browser> SignedInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private DPoPProof Prove(Upstream.Received call)
    {
        var authorization = AuthenticationHeaderValue.Parse(call.Headers["Authorization"]);
        Assert.Equal("DPoP", authorization.Scheme);
        var check = DPoPProofValidator.Check(
            call.Headers["DPoP"], call.Method, _portal.Contacts.Address + call.Path, authorization.Parameter, DPoPRules.Default,
            _portal.Clock.GetUtcNow());
        return Assert.IsType<DPoPCheck.Valid>(check).Proof;
    }
}
