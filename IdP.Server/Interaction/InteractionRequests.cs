using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;

namespace Platform.IdP.Interaction;

/// <summary>Brings together what a page needs: the waiting request, its client, and the token of the form.</summary>
internal sealed class InteractionRequests(
    AuthorizationRequestStore requests, ClientRegistry clients, IAntiforgery antiforgery)
{
    public async Task<Interaction?> FindAsync(HttpContext http, string? id)
    {
        if (id is null || await requests.FindAsync(id) is not { } request || clients.Find(request.ClientId) is not { } client)
        {
            return null;
        }

        http.Response.AllowFormRedirect(request.RedirectUri);
        return new Interaction(id, request, () =>
            new LoginView(id, client.Name, antiforgery.GetAndStoreTokens(http).RequestToken!));
    }

    /// <summary>Whether the form was served by this provider to this browser.</summary>
    public Task<bool> IsOwnFormAsync(HttpContext http) => antiforgery.IsRequestValidAsync(http);
}

internal sealed record Interaction(string Id, AuthorizationRequest Request, Func<LoginView> MakeView)
{
    public LoginView View => MakeView();

    public Activity? Continue(string name) => IdpTelemetry.Continue(name, Request.Trace);
}
