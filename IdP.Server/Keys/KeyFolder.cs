using System.Security.Cryptography;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>
/// The keys as files in a folder that all replicas share. A key is made by creating the file of the next generation,
/// which one of them alone can do; all that is known of a key stands in its file and in those after it. Not thread-safe.
/// </summary>
internal sealed class KeyFolder(string folder, string secret)
{
    private readonly Dictionary<KeyName, StoredKey> _read = [];

    public string Folder => folder;

    public bool IsEncrypted => secret.Length > 0;

    /// <summary>Whether this is what reading or writing the keys may fail with.</summary>
    public static bool IsFault(Exception exception) =>
        exception is ConfigurationFileException or IOException or UnauthorizedAccessException or CryptographicException;

    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>All keys, oldest first; a file is opened once only.</summary>
    /// <exception cref="ConfigurationFileException">A file cannot be used.</exception>
    public IReadOnlyList<StoredKey> Read()
    {
        var present = new HashSet<KeyName>();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (KeyName.Parse(Path.GetFileName(path)) is { } name && (_read.ContainsKey(name) || TryLoad(path, name)))
            {
                present.Add(name);
            }
        }

        foreach (var gone in _read.Keys.Where(name => !present.Contains(name)).ToList())
        {
            _read.Remove(gone);
        }

        return [.. _read.Values.OrderBy(key => key.Name.Algorithm).ThenBy(key => key.Name.Generation)];
    }

    /// <summary>False when another replica has made the key of this name. The folder owns the key from now on.</summary>
    public bool TryCreate(KeyName name, SigningKey key, DateTimeOffset activeFrom)
    {
        // As the file will have it: whole seconds.
        var stored = new StoredKey(name, key, DateTimeOffset.FromUnixTimeSeconds(activeFrom.ToUnixTimeSeconds()));
        var draft = Draft(name, KeyFile.Write(key, stored.ActiveFrom, secret));
        try
        {
            // Whoever comes first wins, and its file is never half written.
            if (!NewFile.TryPublish(draft, PathOf(name)))
                return false;

            _read[name] = stored;
            return true;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Puts the text in the place of the file, whole or not at all.</summary>
    public void Replace(KeyName name, string text) => File.Move(Draft(name, text), PathOf(name), overwrite: true);

    public void Remove(KeyName name) => File.Delete(PathOf(name));

    public string PathOf(KeyName name) => Path.Combine(folder, name.ToString());

    private bool TryLoad(string path, KeyName name)
    {
        StoredKey key;
        try
        {
            key = KeyFile.Read(File.ReadAllText(path), name, secret);
        }
        catch (FileNotFoundException)
        {
            // Another replica has removed it since.
            return false;
        }
        catch (FormatException unusable)
        {
            throw new ConfigurationFileException(path, 1, unusable.Message);
        }

        // RFC 7517 section 4.5: different keys have different names; an RSA key under two algorithms would not.
        if (_read.Values.FirstOrDefault(other => other.Key.KeyId == key.Key.KeyId) is { } same)
            throw new ConfigurationFileException(path, 1, $"the key is that of {same.Name} too: remove one of the two files.");

        _read.Add(name, key);
        return true;
    }

    private string Draft(KeyName name, string text)
    {
        var path = $"{PathOf(name)}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        using var writer = new StreamWriter(file);
        writer.Write(text);
        writer.Flush();
        file.Flush(flushToDisk: true);
        return path;
    }
}
