using Microsoft.Extensions.Logging.Abstractions;
using Platform.Caep.Events;
using Platform.Sessions;
using Platform.Testing;
using Platform.Tokens.Discovery;
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

    internal EventPipeline Pipeline(params IEventAction[] actions)
    {
        var validator = new SecurityEventValidator(
            new ProviderClient(_http, Transmitter.Issuer, Clock),
            new SecurityEventRules(Transmitter.Issuer, Transmitter.Audience, TimeSpan.FromMinutes(1)),
            Clock);
        return new EventPipeline(
            validator,
            actions is [] ? [new SessionRevoked(new SessionRevocation(Redis.Connection, TimeProvider.System))] : actions,
            TimeProvider.System,
            NullLogger<EventPipeline>.Instance);
    }
}
