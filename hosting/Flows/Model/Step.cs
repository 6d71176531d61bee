using System.Globalization;
using Platform.Flows.Telemetry;

namespace Platform.Flows.Model;

/// <summary>One arrow, with the answer to it where there is one.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Label">Method and route, or what is done.</param>
/// <param name="Begin">Since the flow began.</param>
public sealed record Step(int Number, string From, string To, string Label, TimeSpan Begin, TimeSpan Duration)
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Which replica answered.</summary>
    public string? Instance { get; init; }

    /// <summary>The status code; null where nothing is answered.</summary>
    public int? Status { get; init; }

    /// <summary>The redacted message.</summary>
    public IReadOnlyList<Parameter> Request { get; init; } = [];

    /// <summary>The redacted answer.</summary>
    public IReadOnlyList<Parameter> Response { get; init; } = [];

    public IReadOnlyList<PassedCheck> Checks { get; init; } = [];

    public Refusal? Refusal { get; init; }

    public bool IsFailure => Refusal is { IsExpected: false } || Status >= 400;

    public TimeSpan End => Begin + Duration;

    /// <summary>"12 ms", as a person reads it.</summary>
    public static string Show(TimeSpan time) => time.TotalMilliseconds switch
    {
        0 => "0 ms",
        < 1 => time.TotalMicroseconds.ToString("0 'µs'", CultureInfo.InvariantCulture),
        < 10 => time.TotalMilliseconds.ToString("0.0 'ms'", CultureInfo.InvariantCulture),
        < 1000 => time.TotalMilliseconds.ToString("0 'ms'", CultureInfo.InvariantCulture),
        _ => time.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture),
    };
}

/// <summary>A parameter as it may be shown.</summary>
public sealed record Parameter(string Name, string Value);
