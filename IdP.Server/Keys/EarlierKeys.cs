using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>
/// At start: takes over the two files of the first version, and encrypts what was written while no secret was set.
/// </summary>
internal static class EarlierKeys
{
    private static readonly (string File, JwsAlgorithm Algorithm)[] FirstVersion =
        [("tokens-es256.pem", JwsAlgorithm.ES256), ("events-rs256.pem", JwsAlgorithm.RS256)];

    /// <exception cref="ConfigurationFileException">A file cannot be used.</exception>
    public static void TakeOver(KeyFolder folder, string secret, DateTimeOffset now)
    {
        if (secret.Length > 0)
        {
            Encrypt(folder, secret);
        }

        foreach (var (file, algorithm) in FirstVersion)
        {
            var path = Path.Combine(folder.Folder, file);
            if (TryRead(path, algorithm) is { } key)
            {
                Adopt(folder, key, now);
                File.Delete(path);
            }
        }
    }

    private static void Encrypt(KeyFolder folder, string secret)
    {
        foreach (var path in Directory.EnumerateFiles(folder.Folder).ToList())
        {
            if (KeyName.Parse(Path.GetFileName(path)) is { } name && TryReadText(path) is { } text && KeyFile.IsPlain(text))
            {
                var plain = Usable(path, () => KeyFile.Read(text, name, secret: ""));
                folder.Replace(name, KeyFile.Write(plain.Key, plain.ActiveFrom, secret));
            }
        }
    }

    // Replicas that start together all try, until the key is there under some name: one of them succeeds.
    private static void Adopt(KeyFolder folder, SigningKey key, DateTimeOffset now)
    {
        while (folder.Read() is var keys && keys.All(known => known.Key.KeyId != key.KeyId))
        {
            var newest = keys.LastOrDefault(known => known.Name.Algorithm == key.Algorithm)?.Name ?? new(key.Algorithm, 0);
            folder.TryCreate(newest.Next, key, now);
        }
    }

    private static SigningKey? TryRead(string path, JwsAlgorithm algorithm) =>
        TryReadText(path) is { } text ? Usable(path, () => KeyFile.ReadPlain(text, algorithm)) : null;

    private static string? TryReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static T Usable<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException unusable)
        {
            throw new ConfigurationFileException(path, 1, unusable.Message);
        }
    }
}
