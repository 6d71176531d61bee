using Microsoft.AspNetCore.Http.Features;

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
        var bearer = http.RequestServices.GetRequiredService<BearerAuthentication>();
        var check = await bearer.CheckAsync(http.Request, scopes);
        if (check is not BearerCheck.Valid(var token, var grant))
            return (BearerCheck.Refused)check;
        if (grant is not null)
            return bearer.Insufficient(TokenScheme.Bearer, scopes[0], "the token is of a person, not of the client itself");

        // A token outlives the registration of its client for a moment.
        if (http.RequestServices.GetRequiredService<ClientRegistry>().Find(token.ClientId) is not { } client)
            return bearer.Insufficient(TokenScheme.Bearer, scopes[0], "the client is registered no longer");

        http.Features.Set(client);
        return await next(context);
    }
}

internal static class ReceiverRequest
{
    extension(HttpContext http)
    {
        /// <summary>The receiver that called.</summary>
        public Client Receiver => http.Features.GetRequiredFeature<Client>();
    }
}
