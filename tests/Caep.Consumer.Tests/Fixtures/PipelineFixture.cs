using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Policy;
using Platform.Caep.Recent;
using Platform.Caep.Transmitters;
using Platform.Sessions;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>The pipeline on a real Redis, with a transmitter on real HTTP.</summary>
public sealed class PipelineFixture : IAsyncLifetime
{
    private readonly HttpClient _http = new();

    public RedisServer Redis { get; } = new();

    public Transmitter Transmitter { get; } = new();

    /// <summary>The clock of the transmitter's keys.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal SessionsOf Sessions => new(Redis.Connection, Transmitter.Issuer);

    public ValueTask InitializeAsync() => Transmitter.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        _http.Dispose();
        await Transmitter.DisposeAsync();
    }

    internal ForeignTransmitters Foreign { get; } = [];

    internal EventAges Ages { get; } = new(Options.Create(new SignalsOptions()), TimeProvider.System);

    internal EventPolicy Policy { get; } = new(new PolicyFile(new PolicyOptions().Path));

    internal EventPipeline Pipeline(IEventEffects? effects = null) => new(
        Checks(),
        effects ?? new EffectsOnSessions(
            new SessionRevocation(Redis.Connection, TimeProvider.System), new DemandsOnSessions(Redis.Connection, TimeProvider.System)),
        new RecentEvents(Redis.Connection, Options.Create(new SignalsOptions()), TimeProvider.System),
        Ages,
        TimeProvider.System,
        NullLogger<EventPipeline>.Instance);

    internal DeliveryHandler Handler(WrittenLetters letters, Interruptions interruptions, TimeProvider clock, IEventEffects? effects = null)
    {
        var attempt = Attempt(letters, effects);
        return new(attempt, new KeyWaits(attempt, Options.Create(new SignalsOptions()), clock), interruptions, NullLogger<DeliveryHandler>.Instance);
    }

    internal DeliveryAttempt Attempt(WrittenLetters letters, IEventEffects? effects = null) =>
        new(Pipeline(effects), letters, Options.Create(new KafkaOptions()));

    internal EventChecks Checks() => new(
        new TrustedTransmitters(
            _http, new TransmitterOptions { Issuer = Transmitter.Issuer, EventAudience = Transmitter.Audience }, Foreign, Clock),
        Policy,
        new SubjectTargets(new EmailSubjects(Redis.Connection)),
        NullLogger<EventChecks>.Instance);

    internal Task<EventOutcome> ProcessAsync(SecurityEventToken token) => ProcessAsync(Transmitter.Sign(token));

    internal Task<EventOutcome> ProcessAsync(string set) => Pipeline().ProcessAsync(
        Encoding.UTF8.GetBytes(set), TimeProvider.System.GetUtcNow(), Door.KafkaAside, TestContext.Current.CancellationToken);
}
