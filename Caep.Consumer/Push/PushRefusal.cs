namespace Platform.Caep.Push;

/// <summary>Why a SET was not taken (RFC 8935 section 2.3).</summary>
internal sealed record PushRefusal(string Err, string Description)
{
    public IResult ToResult(HttpResponse response)
    {
        response.Headers.ContentLanguage = "en";
        return TypedResults.Json(this, PushJson.Default.PushRefusal, statusCode: StatusCodes.Status400BadRequest);
    }
}
