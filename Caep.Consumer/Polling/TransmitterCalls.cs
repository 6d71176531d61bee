using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Caep.Polling;

/// <summary>Calls of a transmitter's endpoints, with a token; one that is refused is got anew, once.</summary>
internal sealed class TransmitterCalls(HttpClient http, PollTokens tokens, TimeProvider clock)
{
    /// <summary>How long a call may take, unless it waits for events.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private const int LargestAnswer = 16 * 1024 * 1024;

    /// <summary>The answer's JSON; null where it has none.</summary>
    /// <exception cref="HttpRequestException">The transmitter refuses or does not answer.</exception>
    public async Task<JsonElement?> SendAsync(
        HttpMethod method, Uri address, JsonObject? body, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            return await TrySendAsync(method, address, body, longest, cancellationToken);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Unauthorized)
        {
            tokens.Forget();
            return await TrySendAsync(method, address, body, longest, cancellationToken);
        }
    }

    private async Task<JsonElement?> TrySendAsync(
        HttpMethod method, Uri address, JsonObject? body, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(longest, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(limit.Token));
            var answer = await http.LoadAsync(request, LargestAnswer, limit.Token);
            return answer.Length == 0 ? null : JsonElement.Parse(answer);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{address.Host} took longer than {longest}.", slow);
        }
        catch (JsonException broken)
        {
            throw new HttpRequestException($"{address.Host} did not answer with JSON.", broken);
        }
    }
}
