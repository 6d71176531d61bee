using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Puts on the current span what a reader of a flow wants to know: the message without its secrets, the checks that it passed, why it
/// was refused. Where nobody listens to <c>Platform.*</c>, nothing is made.
/// </summary>
public static class ProtocolSpan
{
    private const int MostParameters = 40;
    private const int LongestReason = 1000;

    // Nothing begins a span here: the source only knows whether somebody listens. A request has a span in any case.
    private static readonly ActivitySource Source = new("Platform.Protocol");

    /// <summary>Whether what is said here is recorded; for callers to whom saying it is work.</summary>
    public static bool IsRecorded => Current is not null;

    private static Activity? Current => Source.HasListeners() && Activity.Current is { IsAllDataRequested: true } span ? span : null;

    /// <summary>The parameters of the request that is being answered.</summary>
    public static void Request(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        if (Current is { } span)
        {
            Add(span, ProtocolAttributes.Request, parameters.Select(parameter => (parameter.Key, parameter.Value.Count == 1 ? parameter.Value[0] : null)));
        }
    }

    /// <summary>The parameters of the answer; null for one that is not there.</summary>
    public static void Response(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        if (Current is { } span)
        {
            Add(span, ProtocolAttributes.Response, parameters.ToArray().Where(parameter => parameter.Value is not null));
        }
    }

    /// <inheritdoc cref="Response(ReadOnlySpan{ValueTuple{string, string}})"/>
    public static void Response(IEnumerable<(string Name, string? Value)> parameters)
    {
        if (Current is { } span)
        {
            Add(span, ProtocolAttributes.Response, parameters);
        }
    }

    /// <summary>A check that was passed.</summary>
    /// <param name="check">What holds now, such as "redirect_uri is registered".</param>
    /// <param name="section">Where that is asked for, such as "RFC 9700 section 2.1".</param>
    /// <param name="detail">By which of several ways.</param>
    public static void Passed(string check, string section, string? detail = null) => Current?.AddEvent(new(ProtocolAttributes.CheckEvent, tags: new()
    {
        [ProtocolAttributes.CheckName] = detail is null ? check : $"{check}, {detail}",
        [ProtocolAttributes.CheckSection] = section,
    }));

    /// <summary>The request was refused.</summary>
    /// <param name="error">The error, as the protocol spells it.</param>
    /// <param name="reason">What the log says: never a secret.</param>
    public static void Refused(string error, string reason) => Current?
        .SetTag(ProtocolAttributes.Error, error)
        .SetTag(ProtocolAttributes.Reason, reason.Length <= LongestReason ? reason : reason[..LongestReason]);

    /// <summary>
    /// Joins this trace to the others of the same flow, which the browser does not: each side names what both know, and only
    /// the beginning of its hash is told.
    /// </summary>
    /// <param name="kind">What the flow is, so that the same secret joins nothing else.</param>
    /// <param name="known">What no outsider can guess: the hash leads back to nothing else.</param>
    public static void Join(string kind, string? known)
    {
        if (known is not null && Current is { } span)
        {
            span.SetTag(ProtocolAttributes.FlowId, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{known}")).AsSpan(0, 8)));
        }
    }

    private static void Add(Activity span, string prefix, IEnumerable<(string Name, string? Value)> parameters)
    {
        foreach (var (name, value) in parameters.Take(MostParameters))
        {
            var (shown, text) = ProtocolRedaction.Apply(name, value);
            span.SetTag(prefix + shown, text);
        }
    }
}
