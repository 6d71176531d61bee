using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>What a receiver asks and tells by a poll (RFC 8936 section 2.2).</summary>
/// <param name="Most">The most SETs that it wants; 0: none, it acknowledges only.</param>
/// <param name="Acknowledged">The jti of those that it has taken.</param>
/// <param name="Errors">The jti of those that it would not have, and what is wrong with them.</param>
internal sealed record PollRequest(
    int Most, bool ReturnsImmediately, IReadOnlySet<string> Acknowledged, IReadOnlyDictionary<string, SetError> Errors)
{
    /// <summary>Enough for what is wrong with each SET of the largest answer.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>The request, or null with the reason why it is none.</summary>
    public static (PollRequest? Request, string? Fault) Read(JsonElement body, int batch)
    {
        var most = batch;
        if (body.TryGetProperty("maxEvents", out var asked) &&
            (asked.ValueKind is not JsonValueKind.Number || !asked.TryGetInt32(out most) || most < 0))
            return (null, "maxEvents must be a number that is not negative.");

        var immediately = false;
        if (body.TryGetProperty("returnImmediately", out var flag))
        {
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return (null, "returnImmediately must be true or false.");
            immediately = flag.GetBoolean();
        }

        IReadOnlyList<string>? acknowledged = [];
        if (body.TryGetProperty("ack", out var ack) && (acknowledged = ReceivedJson.Texts(ack)) is null)
            return (null, "ack must be an array of texts.");

        IReadOnlyDictionary<string, SetError>? errors = new Dictionary<string, SetError>();
        if (body.TryGetProperty("setErrs", out var setErrors) && (errors = ReadErrors(setErrors)) is null)
            return (null, "setErrs must be an object of errors by jti, each with its err.");

        return (new PollRequest(Math.Min(most, batch), immediately, acknowledged.ToHashSet(), errors), null);
    }

    private static Dictionary<string, SetError>? ReadErrors(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var errors = new Dictionary<string, SetError>(StringComparer.Ordinal);
        foreach (var error in value.EnumerateObject())
        {
            if (error.Value.ValueKind is not JsonValueKind.Object || error.Value.TextOf("err") is not { Length: > 0 } err)
            {
                return null;
            }

            errors[error.Name] = new SetError(err, error.Value.TextOf("description"));
        }

        return errors;
    }
}

/// <summary>RFC 8936 section 2.6.</summary>
internal sealed record SetError(string Err, string? Description);
