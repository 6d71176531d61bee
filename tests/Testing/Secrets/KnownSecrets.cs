using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Testing.Secrets;

/// <summary>All that no log may hold: what tests sent and got in places where secrets stand.</summary>
public sealed partial class KnownSecrets
{
    // Shorter ones are words that tests make up, and stand in many places.
    private const int Shortest = 16;
    private const int MostShown = 5;

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "client_secret", "client_assertion", "code", "code_verifier", "refresh_token", "access_token", "id_token", "token", "subject_token",
        "actor_token", "assertion", "password", "old_password", "new_password", "repeated_password", "device_code", "auth_req_id",
        "request_uri", "request", "id_token_hint", "form_token", "ceremony", "credential", "key", "registration_access_token",
        "initial_access_token", "logout_token", "response", "client_notification_token",
    };

    private readonly ConcurrentDictionary<string, byte> _values = new(StringComparer.Ordinal);

    public void Add(string? value)
    {
        // Of a JWT the signature makes the secret; of a URN the last part.
        var secret = (value ?? "").Split('.') is [_, _, { Length: > 0 } signature] ? signature : value!;
        secret = secret.StartsWith("urn:", StringComparison.Ordinal) ? secret[(secret.LastIndexOf(':') + 1)..] : secret;
        if (secret.Length < Shortest || secret.Contains("://", StringComparison.Ordinal) || secret.Contains(' ', StringComparison.Ordinal))
        {
            return;
        }

        _values.TryAdd(secret, 0);
        _values.TryAdd(Uri.EscapeDataString(secret), 0);
    }

    /// <summary>What stands in a form or a query.</summary>
    public void AddFields(string encoded)
    {
        foreach (var field in encoded.Split('&'))
        {
            if (field.Split('=', 2) is [var name, var value] && Fields.Contains(WebUtility.UrlDecode(name)))
            {
                Add(WebUtility.UrlDecode(value));
            }
        }
    }

    public void AddMembers(string json)
    {
        foreach (Match member in Member().Matches(json))
        {
            if (Fields.Contains(member.Groups["name"].Value))
            {
                Add(member.Groups["value"].Value);
            }
        }
    }

    public void AddInputs(string html)
    {
        foreach (Match input in Input().Matches(html))
        {
            if (Fields.Contains(input.Groups["name"].Value))
            {
                Add(WebUtility.HtmlDecode(input.Groups["value"].Value));
            }
        }
    }

    /// <summary>A Cookie or Set-Cookie header.</summary>
    public void AddCookie(string header) => Add(header.Split(';')[0].Split('=', 2)[^1]);

    public void AddAuthorization(string header)
    {
        var credentials = header.Split(' ', 2)[^1];
        Add(credentials);
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && TryDecode(credentials) is { } pair)
        {
            Add(WebUtility.UrlDecode(pair.Split(':', 2)[^1]));
        }
    }

    /// <exception cref="InvalidOperationException">A line holds one of them.</exception>
    public void EnsureAbsent(IEnumerable<string> lines, string where)
    {
        if (_values.IsEmpty)
        {
            return;
        }

        var search = SearchValues.Create([.. _values.Keys], StringComparison.Ordinal);
        var found = lines.Where(line => line.AsSpan().ContainsAny(search)).Take(MostShown).ToList();
        if (found.Count > 0)
        {
            // What is said of it ends in CI's log.
            throw new InvalidOperationException($"A secret stands in {where}:\n{string.Join('\n', found.Select(Mask))}");
        }
    }

    /// <summary>The text without them.</summary>
    public string Mask(string text) => _values.Keys.OrderByDescending(secret => secret.Length)
        .Aggregate(text, (masked, secret) => masked.Replace(secret, "[secret]", StringComparison.Ordinal));

    private static string? TryDecode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex("""
        "(?<name>[a-z_]+)"\s*:\s*"(?<value>[^"\\]+)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Member();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Input();
}
