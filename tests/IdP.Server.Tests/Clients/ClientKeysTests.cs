using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.IdP.Clients;
using Platform.IdP.Outbound;
using Platform.IdP.Tests.Running;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

public sealed class ClientKeysTests : IAsyncLifetime
{
    private static readonly JwsRules Rules = new(["JWT"], [JwsAlgorithm.ES256]);
    private static readonly SigningKey First = SigningKey.Create(JwsAlgorithm.ES256);
    private static readonly SigningKey Second = SigningKey.Create(JwsAlgorithm.ES256);

    private readonly ManualClock _clock = new();
    private ClientHost _host = null!;
    private OutboundClient _outbound = null!;
    private ClientKeys _keys = null!;
    private Client _client = null!;
    private SigningKey _published = First;
    private string? _cacheControl;
    private bool _isDead;

    public async ValueTask InitializeAsync()
    {
        _host = await ClientHost.StartAsync(http =>
        {
            http.Response.Headers.CacheControl = _cacheControl;
            http.Response.StatusCode = _isDead ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return http.Response.WriteAsync(new JsonWebKeySet([_published.PublicKey]).ToJson());
        });
        var options = new OutboundOptions { CaFile = _host.CaFile };
        _outbound = new OutboundClient(
            OutboundSetup.NewHandler(options, isDevelopment: true, System.Net.Dns.GetHostAddressesAsync),
            Options.Create(options), allowsPlainHttp: true, _clock, NullLogger<OutboundClient>.Instance);
        _keys = new ClientKeys(_outbound, _clock);
        _client = NewClient("/jwks");
    }

    public async ValueTask DisposeAsync()
    {
        _outbound.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_fetched_once_and_kept_for_five_minutes()
    {
        await HoldsAsync(First);
        await HoldsAsync(First);
        _clock.Advance(TimeSpan.FromSeconds(299));
        await HoldsAsync(First);
        Assert.Equal(1, _host.Requests);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await HoldsAsync(First);

        Assert.Equal(2, _host.Requests);
    }

    [Theory]
    [InlineData("max-age=60", 60)]
    [InlineData("max-age=1", 30)]
    [InlineData("no-store", 30)]
    [InlineData("max-age=86400", 3600)]
    public async Task The_time_that_the_client_wishes_counts_within_limits(string cacheControl, int seconds)
    {
        _cacheControl = cacheControl;
        await HoldsAsync(First);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await HoldsAsync(First);
        Assert.Equal(1, _host.Requests);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await HoldsAsync(First);

        Assert.Equal(2, _host.Requests);
    }

    [Fact]
    public async Task T49_A_new_key_is_found_without_waiting()
    {
        await HoldsAsync(First);
        _published = Second;

        await HoldsAsync(Second);

        Assert.Equal(2, _host.Requests);
    }

    [Fact]
    public async Task Threat20_Unknown_keys_cause_one_fetch_in_an_interval()
    {
        await HoldsAsync(First);
        for (var forged = 0; forged < 50; forged++)
        {
            Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(Second));
        }

        Assert.Equal(2, _host.Requests);
        _published = Second;
        _clock.Advance(TimeSpan.FromSeconds(30));

        await HoldsAsync(Second);

        Assert.Equal(3, _host.Requests);
    }

    [Fact]
    public async Task Threat20_Callers_at_the_same_time_share_a_fetch()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HoldsAsync(First)));
        Assert.Equal(1, _host.Requests);
        _published = Second;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HoldsAsync(Second)));

        Assert.Equal(2, _host.Requests);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_fetch_of_the_others()
    {
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var answer = _host.Answer;
        _host.Answer = async http =>
        {
            reached.SetResult();
            await goOn.Task;
            await answer(http);
        };
        using var giveUp = new CancellationTokenSource();
        var impatient = _keys.FindAsync(_client, giveUp.Token).AsTask();
        var patient = VerifyAsync(First);
        await reached.Task;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        goOn.SetResult();

        Assert.IsType<JwsCheck.Valid>(await patient);
        Assert.Equal(1, _host.Requests);
    }

    [Fact]
    public async Task The_last_good_keys_are_used_for_a_while_when_the_address_is_dead()
    {
        await HoldsAsync(First);
        _isDead = true;
        _clock.Advance(TimeSpan.FromMinutes(30));
        await HoldsAsync(First);
        await HoldsAsync(First);
        Assert.Equal(2, _host.Requests);

        _clock.Advance(TimeSpan.FromMinutes(90));

        Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(First));
    }

    [Fact]
    public async Task An_address_that_never_answered_is_asked_again_after_five_seconds()
    {
        _isDead = true;
        Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(First));
        Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(First));
        Assert.Equal(1, _host.Requests);
        _isDead = false;
        _clock.Advance(TimeSpan.FromSeconds(5));

        await HoldsAsync(First);
    }

    [Fact]
    public async Task What_is_no_key_set_does_not_replace_the_keys()
    {
        await HoldsAsync(First);
        _host.Answer = http => http.Response.WriteAsync("<html>");
        _clock.Advance(TimeSpan.FromMinutes(6));

        await HoldsAsync(First);
    }

    [Fact]
    public async Task The_same_text_is_the_same_keys()
    {
        var before = await _keys.FindAsync(_client, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(6));

        var after = await _keys.FindAsync(_client, TestContext.Current.CancellationToken);

        Assert.Same(before, after);
        Assert.Equal(2, _host.Requests);
    }

    [Fact]
    public async Task A_client_that_moved_its_keys_has_only_the_new_ones()
    {
        await HoldsAsync(First);
        _published = Second;
        _client = NewClient("/moved");

        await HoldsAsync(Second);

        Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(First));
    }

    [Fact]
    public async Task Registered_keys_are_not_fetched()
    {
        _client = _client with { KeysUri = null, Keys = new JsonWebKeySet([First.PublicKey]) };

        await HoldsAsync(First);
        Assert.IsType<JwsCheck.UnknownKey>(await VerifyAsync(Second));

        Assert.Equal(0, _host.Requests);
    }

    private async Task HoldsAsync(SigningKey key) => Assert.IsType<JwsCheck.Valid>(await VerifyAsync(key));

    private Task<JwsCheck> VerifyAsync(SigningKey key) =>
        _keys.VerifyAsync(_client, Jwt.Sign(key, "JWT", []), Rules, TestContext.Current.CancellationToken).AsTask();

    private Client NewClient(string path) => new()
    {
        Id = "remote",
        Name = "remote",
        Profile = ClientProfile.Fapi2,
        AuthenticationMethod = ClientAuthenticationMethods.PrivateKeyJwt,
        KeysUri = new Uri(_host.Origin + path),
        Grants = [],
        Scopes = [],
        RedirectUris = [],
        PostLogoutRedirectUris = [],
        RequiresPushedRequests = true,
        RequiresPkce = true,
    };
}
