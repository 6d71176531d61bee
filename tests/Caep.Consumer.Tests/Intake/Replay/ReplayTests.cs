using Microsoft.AspNetCore.Builder;
using Platform.Caep.Intake.Replay;
using Platform.Caep.Recent;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake.Replay;

/// <summary>Dead letters get another chance once their cause is mended.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _issuer = new();
    private readonly Transmitter _acme = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        await _acme.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _acme.DisposeAsync();
        await _issuer.DisposeAsync();
        _kafka.Dispose();
        _redis.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    [Fact]
    public async Task Puts_back_what_was_refused_and_applies_it_once_its_transmitter_is_trusted()
    {
        var sessions = new SessionsOf(_redis.Connection, _acme.Issuer);
        var session = await sessions.SignInAsync("ada");
        await using (await StartAsync(trusted: false))
        {
            await _kafka.PublishAsync("ada", _acme.Sign(_acme.SessionRevoked(_acme.User("ada"))));
            Assert.Single(await _kafka.DeadLettersAsync(1));
        }

        await using var service = await StartAsync(trusted: true);
        Assert.Equal(0, await RunAsync("--dry-run"));
        Assert.Contains("invalid_issuer: The issuer (iss) is no transmitter that is trusted here.", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("1 dead letters would be put back.", _output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.True(await sessions.IsAliveAsync(session));

        Assert.Equal(0, await RunAsync());
        await Eventually.BecomesTrueAsync(() => sessions.IsDeadAsync(session), TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync()); // it goes on where it stopped
        Assert.EndsWith("0 dead letters were put back.", _output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_wrong_comes_back_with_its_bytes_and_only_once()
    {
        await using var service = await StartAsync(trusted: false);
        await _kafka.PublishAsync("x", "poison");
        await _kafka.DeadLettersAsync(1);

        Assert.Equal(0, await RunAsync());

        var letters = await _kafka.DeadLettersAsync(2);
        Assert.All(letters, letter => Assert.Equal("poison"u8.ToArray(), letter.Value));
        Assert.Equal(letters[0].Headers.Count, letters[1].Headers.Count);
        await IsListedAsync("kafka  poison  invalid_request: ");
        await IsListedAsync("replay  poison  invalid_request: ");
    }

    [Theory]
    [InlineData("'--all' is not known.", "--all")]
    [InlineData("--limit needs a whole number.", "--limit", "x")]
    [InlineData("--limit needs a whole number.", "--limit", "3000000000")]
    [InlineData("--partition needs a whole number.", "--partition")]
    [InlineData("--offset is one of a partition: name it with --partition.", "--offset", "7")]
    public async Task Refuses_arguments_that_it_does_not_understand(string fault, params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.StartsWith(fault, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_may_be_a_long_one() => Assert.Equal(
        new ReplayArguments(DryRun: false, Partition: 2, Offset: 3_000_000_000, Limit: null),
        ReplayArguments.Parse(["--partition", "2", "--offset", "3000000000"], out _));

    [Fact]
    public async Task Says_how_it_is_used()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.Contains("--dry-run", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_last_events_and_what_each_did()
    {
        var sessions = new SessionsOf(_redis.Connection, _issuer.Issuer);
        var session = await sessions.SignInAsync("ada");
        await using var service = await StartAsync(trusted: false);
        await _kafka.PublishAsync("ada", _issuer.Sign(_issuer.SessionRevoked(_issuer.User("ada"))));
        await _kafka.PublishAsync("x", "poison");
        await _kafka.DeadLettersAsync(1);
        await Eventually.BecomesTrueAsync(() => sessions.IsDeadAsync(session), TestContext.Current.CancellationToken);

        await IsListedAsync("kafka  applied  session-revoked  end-session: 1  ada");
        await IsListedAsync("kafka  poison  invalid_request: ");
    }

    [Fact]
    public async Task The_list_of_events_refuses_arguments_that_it_does_not_understand()
    {
        await using var app = Build();

        Assert.Equal(2, await RecentEventsCommand.RunAsync(app, ["--count", "0"], _output, _errors));
        Assert.Equal(0, await RecentEventsCommand.RunAsync(app, ["--help"], _output, _errors));
    }

    private Task IsListedAsync(string line) => Eventually.BecomesTrueAsync(
        async () =>
        {
            _output.GetStringBuilder().Clear();
            await using var app = Build();
            return await RecentEventsCommand.RunAsync(app, ["--count", "10"], _output, _errors) == 0 &&
                _output.ToString().Contains(line, StringComparison.Ordinal);
        },
        TestContext.Current.CancellationToken);

    private async Task<int> RunAsync(params string[] arguments)
    {
        await using var app = Build();
        return await ReplayCommand.RunAsync(app, arguments, _output, _errors);
    }

    // A process of its own, which is never started.
    private WebApplication Build() => ConsumerService.Build(_kafka.Address, _redis.ConnectionString, _issuer.Issuer, new RecordedLogs(), configure: null);

    private Task<ConsumerService> StartAsync(bool trusted) =>
        ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer, builder =>
        {
            if (trusted)
            {
                builder.Configuration["Transmitters:acme:Issuer"] = _acme.Issuer;
                builder.Configuration["Transmitters:acme:Audience"] = Transmitter.Audience;
            }
        });
}
