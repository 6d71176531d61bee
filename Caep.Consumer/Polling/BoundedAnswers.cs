namespace Platform.Caep.Polling;

/// <summary>What transmitters answer, of which no more is read than there may be.</summary>
internal static class BoundedAnswers
{
    /// <exception cref="HttpRequestException">The answer is no success, or larger.</exception>
    public static async Task<byte[]> LoadAsync(
        this HttpClient http, HttpRequestMessage request, int largest, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(largest, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
