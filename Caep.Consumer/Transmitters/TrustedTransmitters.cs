using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Transmitters;

/// <summary>All of them, by issuer: the one that sessions come from, and those that the configuration adds.</summary>
internal sealed class TrustedTransmitters
{
    /// <summary>The name of the HTTP client that their documents are fetched with.</summary>
    public const string Http = "transmitter";

    private readonly Dictionary<string, TrustedTransmitter> _byIssuer;

    public TrustedTransmitters(HttpClient http, TransmitterOptions own, ForeignTransmitters foreign, TimeProvider clock)
    {
        All = [Own(own, http, clock), .. foreign.Select(each => Foreign(each.Key, each.Value, http, clock))];
        _byIssuer = All.ToDictionary(transmitter => transmitter.Issuer, StringComparer.Ordinal);
    }

    public IReadOnlyList<TrustedTransmitter> All { get; }

    public TrustedTransmitter? Find(string issuer) => _byIssuer.GetValueOrDefault(issuer);

    private static TrustedTransmitter Own(TransmitterOptions options, HttpClient http, TimeProvider clock) => new(
        "issuer",
        new SecurityEventRules(options.Issuer, options.EventAudience, options.ClockSkew)
        {
            // What is polled is for the client that polls, as which nobody but this service is registered.
            OtherAudiences = options.Poll?.ClientId is { } client ? [client] : [],
        },
        new ProviderClient(http, options.Issuer, clock).Keys,
        clock)
    {
        IsIssuer = true,
        Subjects = [SubjectTargets.Email], // of its own users
        Discovery = options.Poll is { Endpoint: null } ? new TransmitterClient(http, options.Issuer, clock) : null,
        Poll = options.Poll,
    };

    private static TrustedTransmitter Foreign(string name, ForeignTransmitterOptions options, HttpClient http, TimeProvider clock)
    {
        var discovery = options.JwksUri is null ? new TransmitterClient(http, options.Issuer, clock) : null;
        var rules = new SecurityEventRules(options.Issuer, options.Audience, options.ClockSkew);
        return new(
            name,
            options.Algorithms.Count == 0 ? rules : rules with { Algorithms = [.. options.Algorithms.Select(Enum.Parse<JwsAlgorithm>)] },
            discovery?.Keys ?? IssuerKeys.At(http, new Uri(options.JwksUri!), clock),
            clock)
        {
            Discovery = discovery,
            SpeaksFor = [.. options.SpeaksFor],
            Subjects = [.. options.Subjects],
            Events = options.Events.Count == 0 ? null : options.Events.Select(type => EventTypes.Find(type)!).ToHashSet(StringComparer.Ordinal),
            Poll = options.Poll,
            PushTokenHash = options.PushToken is { } token ? TrustedTransmitter.HashOf(token) : null,
        };
    }
}
