namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// What our services put on their spans beside OpenTelemetry's semantic conventions. Whoever reads the telemetry (hosting/Flows)
/// compiles this file too: the names are the whole contract between them.
/// </summary>
public static class ProtocolAttributes
{
    /// <summary>Before the name of each parameter of a protocol request; the value is redacted.</summary>
    public const string Request = "platform.request.";

    /// <summary>Before the name of each parameter of a protocol response; the value is redacted.</summary>
    public const string Response = "platform.response.";

    /// <summary>The error of a refusal, as OAuth spells it (OpenTelemetry semantic conventions: <c>error.type</c>).</summary>
    public const string Error = "error.type";

    /// <summary>Why it was refused, in the words of the log.</summary>
    public const string Reason = "platform.refusal.reason";

    /// <summary>The same on spans of one flow in traces that nothing else joins.</summary>
    public const string FlowId = "platform.flow.id";

    /// <summary>The name of the span event that says that a check was passed.</summary>
    public const string CheckEvent = "check";

    /// <summary>What was checked.</summary>
    public const string CheckName = "platform.check.name";

    /// <summary>The section of the specification that asks for it.</summary>
    public const string CheckSection = "platform.check.section";
}
