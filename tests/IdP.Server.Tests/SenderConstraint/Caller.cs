using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

/// <summary>Calls the server as a client with a key, a certificate, or both.</summary>
internal sealed class Caller(IdpServer server, X509Certificate2? certificate = null, int? port = null) : IDisposable
{
    public HttpClient Http { get; } = server.NewClient(certificate, port);

    public ProofKey Key { get; } = new(server);

    /// <summary>A token of the client itself, with these DPoP headers.</summary>
    public Task<HttpResponseMessage> GetOwnTokenAsync(string clientId, params string[] proofs) => PostAsync(
        "/token", new() { ["grant_type"] = "client_credentials" }, clientId, SenderServer.BoundSecret, proofs);

    public Task<HttpResponseMessage> RedeemAsync(string code, params string[] proofs) => PostAsync(
        "/token",
        new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Portal.RedirectUri,
            ["code_verifier"] = Portal.Verifier,
        },
        "bff-server", IdpServer.PortalSecret, proofs);

    public async Task<HttpResponseMessage> PostAsync(
        string path, Dictionary<string, string> form, string clientId, string secret, params string[] proofs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = Portal.Basic(clientId, secret);
        foreach (var proof in proofs)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> CallAsync(string scheme, string token, string? proof, string address = "/userinfo")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Signs a person in; a token that is bound to <see cref="Key"/>.</summary>
    public async Task<string> SignInAsync(string? nonce = null)
    {
        using var portal = new Portal(server);
        using var response = await RedeemAsync(await portal.GetCodeAsync(), Key.Prove(ProofKey.Token, nonce: nonce));
        return await TokenAsync(response);
    }

    public static async Task<string> TokenAsync(HttpResponseMessage response) =>
        (await SuccessAsync(response)).GetProperty("access_token").GetString()!;

    public static async Task<JsonElement> SuccessAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Portal.Json(response);
    }

    public static async Task RefusesAsync(HttpResponseMessage response, string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    public static void Challenges(HttpResponseMessage response, string scheme, string error)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var algorithms = scheme == "DPoP" ? ", algs=\"ES256 PS256\"" : "";
        Assert.Equal($"{scheme} error=\"{error}\"{algorithms}", response.Headers.WwwAuthenticate.ToString());
    }

    public void Dispose()
    {
        Http.Dispose();
        Key.Dispose();
    }
}
