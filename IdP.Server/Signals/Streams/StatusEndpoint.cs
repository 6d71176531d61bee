namespace Platform.IdP.Signals.Streams;

/// <summary>Reads and changes the status of a stream (SSF 1.0 section 8.1.2).</summary>
internal static class StatusEndpoint
{
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

        var (command, fault) = StatusCommand.Read(body);
        if (command is null)
            return receivers.Refuse(http, "invalid_request", fault!).Error;

        return await statuses.SetAsync(stream.Id, command.Status, command.Reason) switch
        {
            null => receivers.Unknown(http).Error,

            // SSF 1.0 section 8.1.2.2
            { IsHeld: true } => receivers.Refuse(http, "access_denied", "An administrator has decided on the status of the stream.",
                StatusCodes.Status403Forbidden).Error,
            var changed => TypedResults.Json(StreamView.ShowStatus(changed)),
        };
    }
}
