using Microsoft.Extensions.Options;

namespace Platform.IdP.Operations;

/// <summary>A client as it is registered, for administrators.</summary>
internal static class ClientEndpoint
{
    public const string Path = "/admin/clients/{clientId}";
    private const string Scope = "clients.read";

    /// <param name="profile">A profile of the registration policy to hold the client against, where it is not to be chosen.</param>
    internal static async Task<IResult> Show(
        HttpRequest request, string clientId, string? profile, BearerAuthentication bearer, ClientRegistry clients, ClientKeyLook keys,
        IOptions<RegistrationOptions> registration, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await bearer.CheckClientAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;
        if (clients.Find(clientId) is not { } client)
            return TypedResults.Problem("There is no such client.", statusCode: StatusCodes.Status404NotFound);

        // Where registration is off, its policy need not be there.
        var review = registration.Value.Enabled
            ? await services.GetRequiredService<RegistrationReview>().OfAsync(client, profile, cancellationToken)
            : null;
        return TypedResults.Json(
            ClientView.Of(client, await keys.AtAsync(client, cancellationToken), review), OperationsJson.Default.ClientView);
    }
}
