namespace Platform.ServiceDefaults.Configuration;

/// <summary><c>redis://[user:password@]host[:port][/database]</c> in the words of StackExchange.Redis.</summary>
internal static class RedisUrl
{
    private const int DefaultPort = 6379;

    /// <exception cref="InvalidOperationException">It is not such an address.</exception>
    public static string ToConnectionString(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("redis" or "rediss"))
        {
            // Not echoed: it may hold a password.
            throw new InvalidOperationException(
                "REDIS_URL is not an address of Redis: write redis://host:6379/0, or rediss:// for TLS.");
        }

        var parts = new List<string> { $"{address.Host}:{(address.Port > 0 ? address.Port : DefaultPort)}" };
        if (address.UserInfo.Split(':', 2) is [var user, var password])
        {
            if (user.Length > 0)
            {
                parts.Add($"user={Uri.UnescapeDataString(user)}");
            }

            parts.Add($"password={Uri.UnescapeDataString(password)}");
        }

        if (address.Scheme == "rediss")
        {
            parts.Add("ssl=true");
        }

        if (address.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            parts.Add($"defaultDatabase={database}");
        }

        return string.Join(',', parts);
    }
}
