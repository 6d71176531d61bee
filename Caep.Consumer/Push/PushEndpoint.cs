using System.Globalization;
using System.Net;
using Confluent.Kafka;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.ServiceDefaults.Limits;
using Platform.ServiceDefaults.Telemetry;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Push;

/// <summary>
/// Takes SETs that transmitters push (RFC 8935). 202 says that the event is valid and safe in Kafka: what was accepted is
/// applied, whatever crashes or is away. Until it is safe the transmitter keeps it.
/// </summary>
internal sealed partial class PushEndpoint(
    PushingTransmitters transmitters, EventChecks checks, EventTopic topic, IOptions<PushOptions> options,
    TimeProvider clock, ILogger<PushEndpoint> logger)
{
    private const string ContentType = "application/secevent+jwt";

    private readonly RequestLimit<IPAddress> _limit = new(options.Value.PerMinute, TimeSpan.FromMinutes(1), clock);

    // 1 not too many  2 who pushes  3 the media type  4 the size  5 the event  6 safe
    public async Task<IResult> TakeAsync(HttpContext http)
    {
        var receivedAt = clock.GetUtcNow();
        if (_limit.TryPass(ClientNetwork.Of(http.Connection.RemoteIpAddress)) is { } wait)
            return Later(http.Response, StatusCodes.Status429TooManyRequests, wait);

        // Section 2.4: with 400 like all that is wrong with a delivery
        if (transmitters.Find(http.Request.Headers.Authorization) is not { } transmitter)
            return Refuse(http, SecurityEventErrors.AuthenticationFailed, "The bearer token is missing or belongs to no transmitter.");

        // Section 2.1
        if (http.Request.ContentType?.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase) is not true)
            return Refuse(http, SecurityEventErrors.InvalidRequest, $"The content type is not {ContentType}.");
        if (await ReadAsync(http.Request, options.Value.LargestEvent) is not { } set)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        return await checks.CheckAsync(set, receivedAt, Door.Push(transmitter), http.RequestAborted) switch
        {
            EventCheck.Accepted accepted => await KeepAsync(http, set, accepted),
            EventCheck.Refused(EventOutcome.Poison(var error, var reason)) => Refuse(http, error, reason),
            EventCheck.Refused(EventOutcome.Postponed(var missing, var reason)) => Postpone(http, missing, reason),
            _ => throw new InvalidOperationException("The check has another outcome."),
        };
    }

    private async Task<IResult> KeepAsync(HttpContext http, ReadOnlyMemory<byte> set, EventCheck.Accepted accepted)
    {
        try
        {
            ProtocolSpan.Join("event", accepted.Token.JwtId);
            await topic.WriteAsync(set, accepted, http.RequestAborted);
            LogTaken(accepted.Token.JwtId, accepted.Transmitter.Name);
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }
        catch (KafkaException away)
        {
            return Postpone(http, "Kafka", away.Error.Reason);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int largest)
    {
        var body = new byte[largest + 1];
        var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return read <= largest ? new ReadOnlyMemory<byte>(body, 0, read) : default(ReadOnlyMemory<byte>?);
    }

    private static IResult Refuse(HttpContext http, string error, string reason)
    {
        ProtocolSpan.Refused(error, reason);
        return new PushRefusal(error, reason).ToResult(http.Response);
    }

    private StatusCodeHttpResult Postpone(HttpContext http, string missing, string reason)
    {
        LogPostponed(missing, reason);
        return Later(http.Response, StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(5));
    }

    private static StatusCodeHttpResult Later(HttpResponse response, int status, TimeSpan wait)
    {
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.StatusCode(status);
    }

    [LoggerMessage(LogLevel.Information, "Event {JwtId} was pushed by {Transmitter} and is safe.")]
    private partial void LogTaken(string jwtId, string transmitter);

    [LoggerMessage(LogLevel.Warning, "A pushed event could not be taken for want of {Missing}; its transmitter keeps it. {Reason}")]
    private partial void LogPostponed(string missing, string reason);
}
