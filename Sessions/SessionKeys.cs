using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Sessions;

/// <summary>Every name that sessions have in Redis.</summary>
internal static class SessionKeys
{
    /// <summary>Counts the endings, so that whoever missed a publication notices.</summary>
    public const string Endings = "sessions:endings";

    /// <summary>When somebody last said that security events are applied as they come.</summary>
    public const string EventsAppliedUntil = "sessions:events-applied-until";

    public static string Session(string key) => $"session:{key}";

    public static string Lock(string key) => $"lock:{key}";

    /// <summary>That a session is over which only its cookie holds.</summary>
    public static string Ended(string key) => $"ended:{key}";

    /// <summary>The newest state of such a session.</summary>
    public static string Renewed(string key) => $"renewed:{key}";

    public static string OfSessionId(string issuer, string sessionId) => $"sessions:sid:{issuer}:{Escape(sessionId)}";

    public static string OfSubject(string issuer, string subject) => $"sessions:sub:{issuer}:{Escape(subject)}";

    public static string Revoked(string issuer, string sessionId) => $"revoked:{issuer}:{Escape(sessionId)}";

    public static string NotBefore(string issuer, string subject) => $"not_before:{issuer}:{Escape(subject)}";

    /// <summary>The subjects that an address belongs to; it is not readable there.</summary>
    public static string OfEmail(string issuer, string email) =>
        $"subjects:email:{issuer}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())))}";

    /// <summary>What is demanded of the issuer's session, or of all sessions of a user.</summary>
    public static string DemandOnSessionId(string issuer, string sessionId) => $"demands:sid:{issuer}:{Escape(sessionId)}";

    public static string DemandOnSubject(string issuer, string subject) => $"demands:sub:{issuer}:{Escape(subject)}";

    public static string Event(string issuer, string eventId) => $"event:{issuer}:{Escape(eventId)}";

    // An issuer has colons of its own; with none in the last part, two pairs never share a name.
    private static string Escape(string value) => Uri.EscapeDataString(value);
}
