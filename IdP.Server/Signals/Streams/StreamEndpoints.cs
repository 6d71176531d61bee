using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace Platform.IdP.Signals.Streams;

/// <summary>The stream management API (SSF 1.0 section 8) and the endpoint of polls.</summary>
internal static class StreamEndpoints
{
    public const string ConfigurationPath = "/ssf/streams";
    public const string StatusPath = "/ssf/status";
    public const string AddSubjectPath = "/ssf/subjects/add";
    public const string RemoveSubjectPath = "/ssf/subjects/remove";
    public const string VerificationPath = "/ssf/verification";
    public const string PollPath = "/ssf/poll";

    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(SsfMetadata.Path, SsfMetadata.Show).AllowPublicClientOrigins();

        // CAEP interoperability profile section 2.7.2: ssf.manage for all, ssf.read for what changes nothing. A receiver
        // that polls reads its events.
        var reading = routes.MapGroup("").AddEndpointFilter(
            new ReceiverAuthentication(ReceiverAuthentication.ReadScope, ReceiverAuthentication.ManageScope));
        reading.MapGet(ConfigurationPath, Read);
        reading.MapGet(StatusPath, StatusEndpoint.Read);
        reading.MapPost(PollPath + "/{streamId}", (HttpContext http, string streamId, PollEndpoint endpoint) => endpoint.PollAsync(http, streamId))
            .WithMetadata(new RequestSizeLimitAttribute(PollRequest.LargestBody));

        var managing = routes.MapGroup("").AddEndpointFilter(new ReceiverAuthentication(ReceiverAuthentication.ManageScope));
        managing.MapPost(ConfigurationPath, (HttpContext http, StreamManagement streams) => streams.CreateAsync(http));
        managing.MapPatch(ConfigurationPath, (HttpContext http, StreamManagement streams) => streams.ChangeAsync(http, isPartial: true));
        managing.MapPut(ConfigurationPath, (HttpContext http, StreamManagement streams) => streams.ChangeAsync(http, isPartial: false));
        managing.MapDelete(ConfigurationPath, (HttpContext http, StreamManagement streams) => streams.DeleteAsync(http));
        managing.MapPost(StatusPath, StatusEndpoint.Change);
        managing.MapPost(AddSubjectPath, SubjectEndpoints.Add);
        managing.MapPost(RemoveSubjectPath, SubjectEndpoints.Remove);
        managing.MapPost(VerificationPath, VerificationEndpoint.Request);
        routes.MapStreamAdministration();
    }

    // SSF 1.0 section 8.1.1.2
    internal static async Task<IResult> Read(HttpContext http, Receivers receivers, StreamView view)
    {
        if (http.Request.Query["stream_id"] is not [{ } id])
            return TypedResults.Json(new JsonArray([.. (await receivers.ListAsync(http)).Select(view.Show)]));

        return await receivers.FindAsync(http, id) switch
        {
            StreamCheck.Valid(var stream, _) => TypedResults.Json(view.Show(stream)),
            var refused => ((StreamCheck.Refused)refused).Error,
        };
    }
}
