using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Subjects;

/// <summary>
/// The <c>sub</c> by which a client knows a person (OpenID Connect Core section 8): the same for all, or one for each
/// sector, so that clients of different sectors cannot compare whom they know.
/// </summary>
internal sealed class SubjectIdentifiers(IOptions<SubjectOptions> options)
{
    private readonly byte[] _salt = Encoding.UTF8.GetBytes(options.Value.PairwiseSalt ?? "");

    public bool OffersPairwise => _salt.Length > 0;

    /// <param name="subject">The person, as this server knows her.</param>
    public string For(Client client, string subject) =>
        client.PairwiseSector is { } sector ? Pairwise(sector, subject) : subject;

    /// <summary>Whether the client means this person.</summary>
    public bool Matches(Client client, string subject, string presented) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(For(client, subject)), Encoding.UTF8.GetBytes(presented));

    // OpenID Connect Core section 8.1: not reversible by others. The zero keeps sector and subject apart.
    private string Pairwise(string sector, string subject) => !OffersPairwise
        ? throw new InvalidOperationException("Idp:PairwiseSalt is not set: without it the identifiers would be no secret.")
        : Base64Url.EncodeToString(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes($"{sector}\0{subject}")));
}
