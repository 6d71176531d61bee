namespace Platform.IdP.PushedRequests;

/// <summary>RFC 9126 section 2.2.</summary>
internal sealed record PushedRequestResponse(string RequestUri, TimeSpan Lifetime) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status201Created;
        if (ProtocolSpan.IsRecorded)
        {
            ProtocolSpan.Response(("request_uri", RequestUri), ("expires_in", $"{(int)Lifetime.TotalSeconds}"));
        }

        response.ContentType = "application/json";
        await response.WriteJsonAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("request_uri"u8, RequestUri);
                json.WriteNumber("expires_in"u8, (int)Lifetime.TotalSeconds);
                json.WriteEndObject();
            },
            httpContext.RequestAborted);
    }
}
