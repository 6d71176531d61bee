namespace Platform.IdP.Signals.Streams;

/// <summary>Reads and changes the status of a stream (SSF 1.0 section 8.1.2).</summary>
internal static class StatusEndpoint
{
    private const int LongestReason = 500;

    internal static async Task<IResult> Read(HttpContext http, Receivers receivers) =>
        await receivers.FindAsync(http, http.Request.Query["stream_id"]) switch
        {
            StreamCheck.Valid(var stream, _) => TypedResults.Json(StreamView.ShowStatus(stream)),
            var refused => ((StreamCheck.Refused)refused).Error,
        };

    internal static async Task<IResult> Change(HttpContext http, Receivers receivers, StreamStatuses statuses)
    {
        var check = await receivers.ReadAsync(http);
        if (check is not StreamCheck.Valid(var stream, var body))
            return ((StreamCheck.Refused)check).Error;
        if (body.TextOf("status") is not { } status || !StreamStatus.All.Contains(status))
            return receivers.Refuse(http, "invalid_request", $"status must be one of {string.Join(", ", StreamStatus.All)}.").Error;

        var reason = body.TextOf("reason");
        if (reason?.Length > LongestReason || (reason is null && body.TryGetProperty("reason", out _)))
            return receivers.Refuse(http, "invalid_request", $"reason must be a text of at most {LongestReason} characters.").Error;

        return await statuses.SetAsync(stream.Id, status, reason) is { } changed
            ? TypedResults.Json(StreamView.ShowStatus(changed))
            : receivers.Unknown(http).Error;
    }
}
