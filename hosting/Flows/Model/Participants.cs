using Platform.Flows.Telemetry;

namespace Platform.Flows.Model;

/// <summary>Who takes part in a flow, by the names that people use, and where they stand.</summary>
internal static class Participants
{
    public const string Browser = "Browser";
    public const string Client = "Client";

    private static readonly string[] LeftToRight = [Browser, Client, "BFF", "", "IdP", "Kafka", "Consumer", "Redis"];

    // What a browser is sent to; everything else of the provider is called by programs.
    private static readonly string[] Pages =
        ["/authorize", "/login", "/consent", "/end_session", "/account", "/device", "/passkey", "/second-factor", "/ciba", "/select"];

    public static string OfService(string service) => service switch
    {
        "bff" => "BFF",
        "idp" => "IdP",
        "caep" => "Consumer",
        _ => service,
    };

    public static string OfSystem(string system) => system switch
    {
        "redis" => "Redis",
        "kafka" => "Kafka",
        _ => system,
    };

    /// <summary>Who sent a request that no span of ours caused.</summary>
    public static string OfOutside(Span request) => request[Names.UserAgent] switch
    {
        { } agent when agent.StartsWith("Mozilla/", StringComparison.Ordinal) => Browser,
        { Length: > 0 } => Client,
        _ => request.Service != "idp" || Pages.Any(page => request[Names.Route]?.StartsWith(page, StringComparison.Ordinal) is true) ? Browser : Client,
    };

    /// <summary>Who is called where no span of the called one came in.</summary>
    public static string OfPeer(Span call) => call[Names.Peer] is { } peer ? OfService(WithoutReplica(peer))
        : call[Names.Server] is { } server ? call[Names.Port] is { } port ? $"{server}:{port}" : server
        : "elsewhere";

    // The dashboard names a replica "bff-abcdefgh".
    private static string WithoutReplica(string name) =>
        name is [.. var resource, '-', _, _, _, _, _, _, _, _] && name[^8..].All(char.IsAsciiLetterLower) ? resource : name;

    public static IReadOnlyList<string> Ordered(IEnumerable<Step> steps) =>
    [
        .. steps.SelectMany(step => (string[])[step.From, step.To]).Distinct()
            .OrderBy(name => Array.IndexOf(LeftToRight, name) is >= 0 and var place ? place : Array.IndexOf(LeftToRight, ""))
            .ThenBy(name => name, StringComparer.Ordinal)
    ];
}
