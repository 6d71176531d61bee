using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>What changes the folder: first keys, the next keys in time or on demand, and the removal of old ones.</summary>
internal sealed partial class KeyRotation(
    KeyFolder folder, IOptions<KeyOptions> options, TimeProvider clock, ILogger<KeyRotation> logger)
{
    /// <summary>Takes over what is there and makes what is missing.</summary>
    /// <exception cref="ConfigurationFileException">A file cannot be used.</exception>
    /// <exception cref="OptionsValidationException">The folder cannot be used.</exception>
    public IReadOnlyList<StoredKey> Start()
    {
        if (!folder.IsEncrypted)
        {
            LogNotEncrypted(folder.Folder);
        }

        try
        {
            folder.Prepare();
            EarlierKeys.TakeOver(folder, options.Value.Secret, clock.GetUtcNow());
            foreach (var algorithm in options.Value.Algorithms.Select(name => KeyAlgorithms.Find(name)!.Value)
                .Append(JwsAlgorithm.ES256).Append(JwsAlgorithm.RS256))
            {
                MakeFirst(algorithm);
            }

            return folder.Read();
        }
        catch (Exception fault) when (KeyFolder.IsFault(fault) && fault is not ConfigurationFileException)
        {
            throw new OptionsValidationException(KeyOptions.Section, typeof(KeyOptions),
                [$"Keys:Folder is '{folder.Folder}', which cannot be used ({fault.Message}): make it one that can be read and written."]);
        }
    }

    /// <summary>The keys as the folder has them now.</summary>
    /// <exception cref="ConfigurationFileException">A file cannot be used.</exception>
    /// <exception cref="FileNotFoundException">The newest key is gone.</exception>
    public IReadOnlyList<StoredKey> Read(IReadOnlyList<StoredKey> known)
    {
        var keys = folder.Read();

        // Generations only grow: a folder without the newest one is not mounted, or not whole.
        foreach (var newest in known.GroupBy(key => key.Name.Algorithm).Select(group => group.Last().Name))
        {
            if (!keys.Any(key => key.Name.Algorithm == newest.Algorithm && key.Name.Generation >= newest.Generation))
                throw new FileNotFoundException($"The newest key is gone: restore {folder.PathOf(newest)}.");
        }

        return keys;
    }

    /// <summary>Announces and removes what is due.</summary>
    public IReadOnlyList<StoredKey> KeepUp(IReadOnlyList<StoredKey> keys)
    {
        var now = clock.GetUtcNow();
        foreach (var ofOne in keys.GroupBy(key => key.Name.Algorithm).Select(group => group.ToList()))
        {
            if (KeySchedule.NextActiveFrom(ofOne[^1], now, options.Value) is { } activeFrom &&
                TryMake(ofOne[^1].Name.Next, activeFrom))
            {
                LogAnnounced(ofOne[^1].Name.Next.ToString(), activeFrom);
            }

            foreach (var old in KeySchedule.At(ofOne, now, options.Value.KeepPublished).Where(key => key.State == KeyState.Removed))
            {
                folder.Remove(old.Stored.Name);
                LogRemoved(old.Stored.Name.ToString(), old.Key.KeyId);
            }
        }

        return folder.Read();
    }

    /// <summary>A first key for an algorithm that has none yet.</summary>
    public IReadOnlyList<StoredKey> MakeFirst(JwsAlgorithm algorithm)
    {
        var keys = folder.Read();
        if (keys.All(key => key.Name.Algorithm != algorithm))
        {
            // False when another replica was faster: then that one's key is read.
            TryMake(new KeyName(algorithm, 1), clock.GetUtcNow());
            keys = folder.Read();
        }

        return keys;
    }

    /// <summary>A new key that signs at once.</summary>
    public IReadOnlyList<StoredKey> MakeNext(JwsAlgorithm algorithm)
    {
        KeyName name;
        do
        {
            var newest = folder.Read().LastOrDefault(key => key.Name.Algorithm == algorithm)?.Name;
            name = (newest ?? new KeyName(algorithm, 0)).Next;
        }
        while (!TryMake(name, clock.GetUtcNow()));

        LogMade(name.ToString());
        return folder.Read();
    }

    private bool TryMake(KeyName name, DateTimeOffset activeFrom) =>
        folder.TryCreate(name, SigningKey.Create(name.Algorithm), activeFrom);

    [LoggerMessage(LogLevel.Warning, "Keys:Secret is not set: the PRIVATE KEYS in {Folder} are NOT ENCRYPTED. Set Keys:Secret " +
        "to a random text of 32 or more characters; outside Development the start is refused without it.")]
    private partial void LogNotEncrypted(string folder);

    [LoggerMessage(LogLevel.Information, "The key {File} was announced; it signs from {ActiveFrom} on.")]
    private partial void LogAnnounced(string file, DateTimeOffset activeFrom);

    [LoggerMessage(LogLevel.Information, "The key {File} was made on demand; it signs at once.")]
    private partial void LogMade(string file);

    [LoggerMessage(LogLevel.Information, "The retired key {File} ({KeyId}) was removed.")]
    private partial void LogRemoved(string file, string keyId);
}
