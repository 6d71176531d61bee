using System.Collections.Frozen;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Telemetry;

/// <summary>The attributes of OpenTelemetry's semantic conventions that a flow is read from.</summary>
internal static class Names
{
    public const string Service = "service.name";
    public const string Instance = "service.instance.id";
    public const string Method = "http.request.method";
    public const string Route = "http.route";
    public const string Status = "http.response.status_code";
    public const string UserAgent = "user_agent.original";
    public const string Server = "server.address";
    public const string Port = "server.port";
    public const string Messaging = "messaging.system";
    public const string Destination = "messaging.destination.name";
    public const string Database = "db.system.name";
    public const string Operation = "db.operation.name";
    public const string Procedure = "db.stored_procedure.name";
    public const string Outcome = "caep.outcome";

    /// <summary>What the dashboard knows of the callee by its address.</summary>
    public const string Peer = "aspire.destination";

    private static readonly FrozenSet<string> Kept = FrozenSet.Create(StringComparer.Ordinal,
        Method, Route, Status, UserAgent, Server, Port, Messaging, Destination, Database, Operation, Procedure, Outcome, Peer,
        ProtocolAttributes.Error, ProtocolAttributes.Reason, ProtocolAttributes.FlowId);

    /// <summary>Whether an attribute is worth its memory; paths and queries are not: they may hold anything.</summary>
    public static bool IsKept(string name) => Kept.Contains(name) ||
        name.StartsWith(ProtocolAttributes.Request, StringComparison.Ordinal) ||
        name.StartsWith(ProtocolAttributes.Response, StringComparison.Ordinal);
}
