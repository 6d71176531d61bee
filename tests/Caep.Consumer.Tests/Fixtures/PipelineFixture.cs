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
        var clock = TimeProvider.System;
        var validator = new SecurityEventValidator(
            new ProviderClient(_http, Transmitter.Issuer, clock),
            new SecurityEventRules(Transmitter.Issuer, Transmitter.Audience, TimeSpan.FromMinutes(1)),
            clock);
        return new EventPipeline(
            validator,
            actions is [] ? [new SessionRevoked(new SessionRevocation(Redis.Connection, clock))] : actions,
            clock,
            NullLogger<EventPipeline>.Instance);
    }
}
