namespace Platform.IdP.Protocol;

/// <summary>303: the browser follows with GET and without the body, so no password travels on (RFC 9700 section 2.1).</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
