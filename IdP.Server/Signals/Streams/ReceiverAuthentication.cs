using Microsoft.AspNetCore.Http.Features;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// Stands before every endpoint of the stream management API: only a client that acts for itself, with a scope that the
/// operation accepts (CAEP interoperability profile, section 2.7.2).
/// </summary>
internal sealed class ReceiverAuthentication(params string[] scopes) : IEndpointFilter
{
    public const string ReadScope = "ssf.read";
    public const string ManageScope = "ssf.manage";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var check = await http.RequestServices.GetRequiredService<BearerAuthentication>().CheckClientAsync(http.Request, scopes);
        if (check is not BearerCheck.Valid(var token, _))
            return (BearerCheck.Refused)check;

        http.Features.Set(token);
        return await next(context);
    }
}

internal static class ReceiverRequest
{
    extension(HttpContext http)
    {
        /// <summary>The receiver that called, by its <c>client_id</c>.</summary>
        public string ReceiverId => http.Features.GetRequiredFeature<AccessToken>().ClientId;
    }
}
