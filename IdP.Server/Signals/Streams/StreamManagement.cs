using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

/// <summary>Creates, changes and deletes streams (SSF 1.0 sections 8.1.1.1, 8.1.1.3 to 8.1.1.5).</summary>
internal sealed class StreamManagement(
    Receivers receivers, StreamConfiguration configuration, StreamStore streams, StreamRecords records, StreamSignals signals,
    StreamView view, AuditLog audit, IOptions<StreamOptions> options, TimeProvider clock)
{
    public async Task<IResult> CreateAsync(HttpContext http)
    {
        if (await ReceivedJson.ReadObjectAsync(http.Request) is not { } body)
            return receivers.Unreadable(http).Error;

        var fresh = new EventStream(Guid.NewGuid().ToString("N"), http.ReceiverId)
        {
            Delivery = new StreamDelivery(StreamDelivery.Poll),
            HasAllSubjects = options.Value.DefaultSubjects == DefaultSubject.All,
            CreatedAt = clock.GetUtcNow(),
        };
        var check = configuration.Create(fresh, body);
        if (check is not ConfigurationCheck.Valid(var stream))
            return Invalid(http, check);
        if (!await streams.TryCreateAsync(stream, options.Value.StreamsPerReceiver))
            return receivers.Refuse(http, "conflict", "The receiver has its stream already: read it, and change it or delete it.",
                StatusCodes.Status409Conflict).Error;

        await records.SeenAsync(stream.Id);
        audit.StreamChanged(stream.ClientId, stream.Id, "created");
        return TypedResults.Json(view.Show(stream), statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> ChangeAsync(HttpContext http, bool isPartial)
    {
        var found = await receivers.ReadAsync(http);
        if (found is not StreamCheck.Valid(var stream, var body))
            return ((StreamCheck.Refused)found).Error;

        ConfigurationCheck? check = null;
        var changed = await streams.ChangeAsync(stream.Id, present =>
            (check = configuration.Change(present, body, isPartial)) is ConfigurationCheck.Valid valid ? valid.Stream : null);
        if (changed is null)
            return receivers.Unknown(http).Error;
        if (check is not ConfigurationCheck.Valid)
            return Invalid(http, check!);

        // What failed at the former endpoint says nothing of this one.
        await records.ForgetFailuresAsync(stream.Id);
        signals.Wake(stream.Id);
        audit.StreamChanged(stream.ClientId, stream.Id, "changed");
        return TypedResults.Json(view.Show(changed));
    }

    public async Task<IResult> DeleteAsync(HttpContext http)
    {
        var check = await receivers.FindAsync(http, http.Request.Query["stream_id"]);
        if (check is not StreamCheck.Valid(var stream, _))
            return ((StreamCheck.Refused)check).Error;

        await streams.DeleteAsync(stream);
        audit.StreamChanged(stream.ClientId, stream.Id, "deleted");
        return TypedResults.NoContent();
    }

    private OAuthError Invalid(HttpContext http, ConfigurationCheck check) =>
        receivers.Refuse(http, "invalid_request", ((ConfigurationCheck.Refused)check).Description).Error;
}
