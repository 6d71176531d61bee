using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Platform.Bff.Tests.Fixture;

/// <summary>What it tells of a person beside the ID token.</summary>
internal sealed partial class TestProvider
{
    /// <summary>The claims at the userinfo endpoint; null for a provider that refuses.</summary>
    public JsonObject? UserInfo { get; set; }

    /// <summary>How often it was asked, with which scheme.</summary>
    public IList<string> UserInfoRequests { get; } = [];

    private void MapUserInfo(IEndpointRouteBuilder routes) => routes.MapGet("/userinfo", (HttpRequest request) =>
    {
        UserInfoRequests.Add(request.Headers.Authorization.ToString().Split(' ')[0]);
        return UserInfo is { } claims && (request.Headers["DPoP"].Count == 1 || !request.Headers.Authorization.ToString().StartsWith("DPoP"))
            ? Results.Json(claims)
            : Results.Unauthorized();
    });
}
