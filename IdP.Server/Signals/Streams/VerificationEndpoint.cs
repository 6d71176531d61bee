using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Has a verification event sent, by which the receiver sees that its stream works (SSF 1.0 section 8.1.4.2).</summary>
internal static class VerificationEndpoint
{
    private const int LongestState = 1000;

    internal static async Task<IResult> Request(
        HttpContext http, Receivers receivers, StreamRecords records, StreamNotices notices, IOptions<StreamOptions> options)
    {
        var check = await receivers.ReadAsync(http);
        if (check is not StreamCheck.Valid(var stream, var body))
            return ((StreamCheck.Refused)check).Error;

        var state = body.TextOf("state");
        if (state?.Length > LongestState || (state is null && body.TryGetProperty("state", out _)))
            return receivers.Refuse(http, "invalid_request", $"state must be a text of at most {LongestState} characters.").Error;
        if (stream.Status == StreamStatus.Disabled)
            return receivers.Refuse(http, "invalid_request", "The stream is disabled: nothing is sent over it.").Error;
        if (await records.TryVerifyAsync(stream.Id, options.Value.MinVerificationInterval) is { } wait)
            return receivers.Refuse(http, "too_many_requests", "Verification was asked for a moment ago (min_verification_interval).",
                StatusCodes.Status429TooManyRequests).Error with
            { RetryAfter = wait };

        return await notices.VerifyAsync(stream, state) ? TypedResults.NoContent() : receivers.Unknown(http).Error;
    }
}
