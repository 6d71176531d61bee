using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;

namespace Platform.IdP.Interaction;

/// <summary>
/// Finds what waits for a person behind a page: a client's authorization request, or one of this server's own pages.
/// </summary>
internal sealed class InteractionRequests(
    AuthorizationRequestStore requests, LocalSignIn locals, ClientRegistry clients, IAntiforgery antiforgery)
{
    public async Task<Interaction?> FindAsync(HttpContext http, string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (await requests.FindAsync(id) is not { } request)
        {
            return await locals.FindAsync(id) is { } local ? new Interaction(id, local.Purpose) { Local = local } : null;
        }

        if (clients.Find(request.ClientId) is not { } client)
        {
            return null;
        }

        http.Response.AllowFormRedirect(request.RedirectUri, client.Logo);
        return new Interaction(id, client.Name) { Request = request, About = ClientAbout.Of(client) };
    }

    public string NewFormToken(HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken!;

    /// <summary>Whether the form was served by this provider to this browser.</summary>
    public Task<bool> IsOwnFormAsync(HttpContext http) => antiforgery.IsRequestValidAsync(http);
}

/// <summary>What waits for a person; either <see cref="Request"/> or <see cref="Local"/> is there.</summary>
/// <param name="Name">What she is told that she goes on to.</param>
internal sealed record Interaction(string Id, string Name)
{
    public AuthorizationRequest? Request { get; init; }

    public LocalSignInRequest? Local { get; init; }

    /// <summary>What the client says of itself; nothing for this server's own pages.</summary>
    public ClientAbout About { get; init; } = new();

    public Activity? Continue(string name) => IdpTelemetry.Continue(name, Request?.Trace);
}
