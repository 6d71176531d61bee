using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Platform.Caep.Polling;

/// <summary>The access token that a transmitter wants: a fixed one, or one by client credentials, kept until shortly before its end.</summary>
internal sealed class PollTokens(HttpClient http, PollOptions options, TimeProvider clock)
{
    private const int LargestAnswer = 64 * 1024;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);

    private (string Value, DateTimeOffset Until) _kept;

    /// <exception cref="HttpRequestException">There is none.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.Token is { Length: > 0 } token)
        {
            return token;
        }

        if (clock.GetUtcNow() >= _kept.Until)
        {
            _kept = await AskAsync(cancellationToken);
        }

        return _kept.Value;
    }

    /// <summary>The transmitter did not take it.</summary>
    public void Forget() => _kept = default;

    private async Task<(string Value, DateTimeOffset Until)> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint);

        // RFC 6749 section 2.3.1
        var credentials = $"{Uri.EscapeDataString(options.ClientId!)}:{Uri.EscapeDataString(options.ClientSecret!)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = options.Scope,
        });
        return Read(await http.LoadAsync(request, LargestAnswer, cancellationToken));
    }

    // RFC 6749 section 5.1
    private (string Value, DateTimeOffset Until) Read(byte[] answer)
    {
        var json = JsonElement.Parse(answer);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("access_token", out var token) ||
            token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } text)
        {
            throw new HttpRequestException("The token response has no access_token.");
        }

        var lifetime = json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var value)
            ? TimeSpan.FromSeconds(value)
            : TimeSpan.FromMinutes(1);
        return (text, clock.GetUtcNow() + lifetime - Before);
    }
}
