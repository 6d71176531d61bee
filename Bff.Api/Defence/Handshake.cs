using Microsoft.AspNetCore.Http.Features;

namespace Platform.Bff.Defence;

/// <summary>Requests that turn the connection into something else.</summary>
internal static class Handshake
{
    private const string WebSocket = "websocket";

    extension(HttpContext http)
    {
        /// <summary>The opening of a WebSocket (RFC 6455 section 4.1, over HTTP/2 RFC 8441 section 4).</summary>
        public bool IsWebSocket => http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
            ? connect.Protocol == WebSocket
            : http.IsUpgrade && HttpMethods.IsGet(http.Request.Method) &&
              http.Request.Headers.Upgrade.ToString().Equals(WebSocket, StringComparison.OrdinalIgnoreCase);

        /// <summary>That, or any other upgrade or tunnel.</summary>
        public bool IsUpgrade =>
            HttpMethods.IsConnect(http.Request.Method) ||
            http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && http.Request.Headers.Upgrade.Count > 0;
    }
}
