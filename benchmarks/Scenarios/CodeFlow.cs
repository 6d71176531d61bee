using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Benchmarks.Scenarios;

/// <summary>The authorization code flow of a confidential client: push the request, authorize, redeem the code.</summary>
internal static class CodeFlow
{
    // RFC 7636, appendix B
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly string Authentication = HttpText.Basic(Setting.PortalClient);

    private static readonly byte[] Push = HttpText.Post(
        "/par",
        [
            new("response_type", "code"),
            new("client_id", Setting.PortalClient),
            new("redirect_uri", Setting.RedirectUri),
            new("scope", $"openid {Setting.Scope}"),
            new("state", "the-state-of-a-browser"),
            new("nonce", "the-nonce-of-a-browser"),
            new("code_challenge", Challenge),
            new("code_challenge_method", "S256"),
        ],
        Authentication);

    /// <param name="userName">Who signs in; null where somebody is signed in.</param>
    public static async Task RunAsync(Worker worker, string? userName, CancellationToken cancellationToken)
    {
        var pushed = await worker.SendAsync(Push, StatusCodes.Status201Created, cancellationToken);
        var requestUri = Member(pushed, "request_uri");
        var location = await worker.Browser.AuthorizeAsync(
            worker, $"/authorize?client_id={Setting.PortalClient}&request_uri={Uri.EscapeDataString(requestUri)}", userName,
            cancellationToken);
        var code = QueryHelpers.ParseQuery(new Uri(location).Query)["code"].ToString();
        var tokens = await worker.SendAsync(HttpText.Post(
            "/token",
            [
                new("grant_type", "authorization_code"),
                new("code", code),
                new("redirect_uri", Setting.RedirectUri),
                new("code_verifier", Verifier),
            ],
            Authentication), StatusCodes.Status200OK, cancellationToken);
        _ = Member(tokens, "id_token");
    }

    private static string Member(HttpAnswer answer, string name)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty(name).GetString()!;
    }
}
