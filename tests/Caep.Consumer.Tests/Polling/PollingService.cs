using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Polling;

/// <summary>The whole service, and a transmitter that it polls.</summary>
public abstract class PollingService : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();

    public RedisServer Redis { get; } = new();

    public Transmitter Issuer { get; } = new();

    public PolledTransmitter Acme { get; } = new();

    internal SessionsOf Sessions => new(Redis.Connection, Acme.Events.Issuer);

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Issuer.InitializeAsync();
        await Acme.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Acme.DisposeAsync();
        await Issuer.DisposeAsync();
        _kafka.Dispose();
        Redis.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>With Acme as a transmitter beside the issuer.</summary>
    internal Task<ConsumerService> StartAsync(params (string Name, string Value)[] settings) => StartAsync(
        Issuer.Issuer, "Transmitters:acme",
        [("Issuer", Acme.Events.Issuer), ("Audience", PolledTransmitter.Audience), ("Poll:ClientId", "portal"), .. settings]);

    /// <summary>With Acme as the issuer.</summary>
    internal Task<ConsumerService> StartWithIssuerAsync() =>
        StartAsync(Acme.Events.Issuer, "Oidc", [("Poll:ClientId", PolledTransmitter.Audience)]);

    private Task<ConsumerService> StartAsync(string issuer, string section, (string Name, string Value)[] settings) =>
        ConsumerService.StartAsync(_kafka.Address, Redis.ConnectionString, issuer, builder =>
        {
            builder.Configuration[$"{section}:Poll:TokenEndpoint"] = $"{Acme.Events.Issuer}/token";
            builder.Configuration[$"{section}:Poll:ClientSecret"] = PolledTransmitter.Secret;
            foreach (var (name, value) in settings)
            {
                builder.Configuration[$"{section}:{name}"] = value;
            }
        });
}
