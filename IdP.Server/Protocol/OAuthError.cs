namespace Platform.IdP.Protocol;

/// <summary>The error answer of every endpoint that a client calls (RFC 6749 section 5.2): made here and nowhere else.</summary>
internal sealed class OAuthError(string error, string description, int? status = null) : IResult
{
    private int Status => status ?? (error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized && httpContext.Request.Headers.Authorization.Count > 0)
        {
            // RFC 6749 section 5.2: the challenge answers a client that came with this header, by whatever scheme.
            response.Headers.WWWAuthenticate = "Basic realm=\"token\", charset=\"UTF-8\"";
        }

        return response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["error"] = error, ["error_description"] = description },
            httpContext.RequestAborted);
    }
}
