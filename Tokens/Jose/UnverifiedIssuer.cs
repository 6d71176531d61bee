using System.Buffers;

namespace Platform.Tokens.Jose;

/// <summary>Whose a JWT says it is, to choose the keys that it is then verified with; by itself it proves nothing.</summary>
public static class UnverifiedIssuer
{
    /// <summary>The claim <c>iss</c>; null when it cannot be read.</summary>
    public static string? Of(string compact)
    {
        ArgumentNullException.ThrowIfNull(compact);
        if (CompactJws.Split(compact, out var jws) is not null)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(compact.Length);
        try
        {
            return jws.ReadPayload(buffer, out var payload) is null ? payload.Text("iss") : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
