using Platform.Doctor.Evidence;
using Platform.Tokens.Jose;

namespace Platform.Doctor.Asking;

/// <summary>Asks for a JWK Set (RFC 7517 section 5).</summary>
internal static class KeySets
{
    public static async Task<Answer<IReadOnlyList<PublishedKey>>> AskAsync(
        Questions questions, string service, Uri address, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, address);
        return await questions.AskAsync<IReadOnlyList<PublishedKey>>(service, question, Read, _ => (
            "Nobody can verify what it signs.",
            "Its log says why: the keys are in Redis (BFF), or in Keys:Folder (IdP)."), cancellationToken);
    }

    private static IReadOnlyList<PublishedKey> Read(byte[] body) =>
    [
        .. JsonWebKeySet.Parse(body).Keys.Select(key => new PublishedKey(key.KeyId, key.KeyType, key.Algorithm?.ToString(), key.Thumbprint)),
    ];
}
