using System.Net.Http.Headers;

namespace Platform.Tokens.Discovery;

/// <summary>Fetches what an issuer publishes, bounded in size and time.</summary>
internal sealed class DocumentFetch(HttpClient http, TimeProvider clock)
{
    private const int MaximumSize = 256 * 1024;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(30);

    /// <param name="address">Where it is.</param>
    /// <param name="read">Throws a <see cref="FormatException"/> when it cannot be used.</param>
    /// <exception cref="ProviderUnavailableException">It cannot be had, or not be used.</exception>
    public async Task<T> GetAsync<T>(Uri address, Func<ReadOnlyMemory<byte>, T> read)
    {
        var body = await FetchAsync(address);
        try
        {
            return read(body);
        }
        catch (FormatException problem)
        {
            throw new ProviderUnavailableException($"{address} is not usable: {problem.Message}", problem);
        }
    }

    // The time limit covers the body too: callers share this fetch, so one that never ends would hold up all of them.
    private async Task<ReadOnlyMemory<byte>> FetchAsync(Uri address)
    {
        using var limit = new CancellationTokenSource(MaximumTime, clock);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(MaximumSize, limit.Token);
            return await response.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (OperationCanceledException problem) when (limit.IsCancellationRequested)
        {
            throw new ProviderUnavailableException(
                $"{address} cannot be fetched: it took longer than {MaximumTime.TotalSeconds} seconds.", problem);
        }
        catch (Exception problem)
        {
            // Whatever it was: resilience handlers (time limits, circuit breakers) have exceptions of their own. The cause lies
            // innermost: a certificate that is not trusted, a name that is not known.
            throw new ProviderUnavailableException($"{address} cannot be fetched: {problem.GetBaseException().Message}", problem);
        }
    }
}
