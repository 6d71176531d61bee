using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>Adds subjects to a stream, and removes them (SSF 1.0 section 8.1.3).</summary>
internal static class SubjectEndpoints
{
    internal static async Task<IResult> Add(HttpContext http, Receivers receivers, StreamSubjects subjects)
    {
        var check = await ReadAsync(http, receivers);
        if (check is not SubjectCheck.Valid(var stream, var subject, var body))
            return ((SubjectCheck.Refused)check).Error;
        if (body.TryGetProperty("verified", out var verified) && verified.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return receivers.Refuse(http, "invalid_request", "verified must be true or false.").Error;

        return Answer(http, receivers, await subjects.AddAsync(stream, subject), TypedResults.Ok());
    }

    internal static async Task<IResult> Remove(HttpContext http, Receivers receivers, StreamSubjects subjects) =>
        await ReadAsync(http, receivers) switch
        {
            SubjectCheck.Valid(var stream, var subject, _) =>
                Answer(http, receivers, await subjects.RemoveAsync(stream, subject), TypedResults.NoContent()),
            var refused => ((SubjectCheck.Refused)refused).Error,
        };

    private static IResult Answer(HttpContext http, Receivers receivers, SubjectOutcome outcome, IResult done) => outcome switch
    {
        SubjectOutcome.Done => done,
        SubjectOutcome.Gone => receivers.Unknown(http).Error,
        _ => receivers.Refuse(
            http, "access_denied", "The stream has as many subjects as it may have.", StatusCodes.Status403Forbidden).Error,
    };

    private static async Task<SubjectCheck> ReadAsync(HttpContext http, Receivers receivers)
    {
        var check = await receivers.ReadAsync(http);
        if (check is not StreamCheck.Valid(var stream, var body))
            return new SubjectCheck.Refused(((StreamCheck.Refused)check).Error);
        if (!body.TryGetProperty("subject", out var subject))
            return new SubjectCheck.Refused(receivers.Refuse(http, "invalid_request", "subject is missing.").Error);

        try
        {
            return new SubjectCheck.Valid(stream, SubjectIdentifier.Parse(subject), body);
        }
        catch (FormatException fault)
        {
            return new SubjectCheck.Refused(receivers.Refuse(http, "invalid_request", fault.Message).Error);
        }
    }

    private abstract record SubjectCheck
    {
        public sealed record Valid(EventStream Stream, SubjectIdentifier Subject, JsonElement Body) : SubjectCheck;

        public sealed record Refused(OAuthError Error) : SubjectCheck;
    }
}
