using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Sessions.Listing;

/// <summary>A session as its user sees it among the others.</summary>
/// <param name="Key">Its name in Redis; not for the browser, see <see cref="Id"/>.</param>
/// <param name="CreatedAt">When it began; null where the key that would tell is lost.</param>
/// <param name="SeenAt">When it was last used, to within a twentieth of the idle lifetime.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Device">Where it began.</param>
public sealed record ListedSession(
    string Key, DateTimeOffset? CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, SessionDevice? Device)
{
    /// <summary>Its name for pages, which leads neither to the handle nor to what Redis holds.</summary>
    public string Id { get; } = Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"platform.sessions.id {Key}")).AsSpan(..16));
}
