using Microsoft.AspNetCore.Antiforgery;

namespace Platform.IdP.Ciba;

internal sealed class CibaViews(CibaRequestStore requests, ClientRegistry clients, AccessViews access, IAntiforgery antiforgery)
{
    public async Task<CibaView> MakeAsync(HttpContext http, SsoSession session)
    {
        var waiting = await requests.ListWaitingAsync(session.Subject);
        return new CibaView(antiforgery.GetAndStoreTokens(http).RequestToken!, [.. waiting.Select(request => new CibaRequestView(
            request.Id, clients.Find(request.ClientId)?.Name ?? request.ClientId, request.ToCompare, access.Make(request)))]);
    }
}
