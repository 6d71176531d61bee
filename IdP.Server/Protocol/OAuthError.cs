namespace Platform.IdP.Protocol;

/// <summary>The error answer of every endpoint that a client calls (RFC 6749 section 5.2): made here and nowhere else.</summary>
internal sealed record OAuthError(string error, string description, int? status = null) : IResult
{
    public TimeSpan? RetryAfter { get; init; }

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

        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = Seconds(after);
        }

        ProtocolSpan.Response(("error", error), ("error_description", description));
        return response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["error"] = error, ["error_description"] = description },
            httpContext.RequestAborted);
    }

    /// <summary>The value of Retry-After (RFC 9110 section 10.2.3): never so little that the next try comes too early.</summary>
    public static string Seconds(TimeSpan after) => $"{Math.Max(1, Math.Ceiling(after.TotalSeconds)):0}";
}
