using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Bff.Tests.Fixture;

/// <summary>A service behind the BFF that remembers what reached it.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(async http =>
        {
            Requests.Enqueue(new(
                http.Request.Method, http.Request.Path,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                http.Request.QueryString.ToString()));
            if (Answer is { } answer)
            {
                await answer(http);
                return;
            }

            http.Response.StatusCode = Status;
            http.Response.Headers.SetCookie = "planted=by-upstream";
            if (Nonce is { } nonce)
            {
                AskForNonce(http, nonce);
            }

            if (Status == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }

            await http.Response.WriteAsync($"answer of {name}");
        });
    }

    internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Query);

    public ConcurrentQueue<Received> Requests { get; } = new();

    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>What proofs must contain (RFC 9449 section 9); null for nothing.</summary>
    public string? Nonce { get; set; }

    /// <summary>Wants another nonce each time, so that no proof ever has it.</summary>
    public bool ChangesNonce { get; set; }

    /// <summary>Answers in the place of the usual answer.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public string Address => _app.Urls.Single();

    public static async Task<Upstream> StartAsync(string name)
    {
        var upstream = new Upstream(name);
        await upstream._app.StartAsync();
        return upstream;
    }

    public void Reset()
    {
        Requests.Clear();
        Answer = null;
        Status = StatusCodes.Status200OK;
        Nonce = null;
        ChangesNonce = false;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void AskForNonce(HttpContext http, string nonce)
    {
        var payload = http.Request.Headers["DPoP"].ToString().Split('.')[1];
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        if (ChangesNonce)
        {
            Nonce = nonce = Guid.NewGuid().ToString();
        }

        http.Response.Headers["DPoP-Nonce"] = nonce;
        if (!claims.RootElement.TryGetProperty("nonce", out var shown) || !shown.ValueEquals(nonce))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"";
        }
    }
}
