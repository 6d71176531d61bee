namespace Platform.IdP.Configuration;

/// <summary>A configuration file that is taken up again when it has changed; registered by the feature that owns it.</summary>
/// <param name="takeUp">Reads the file and puts what it says in force; what is in force now, for the log.</param>
internal sealed class WatchedFile(ConfigurationFile file, Func<string> takeUp)
{
    private (DateTime Written, long Length) _taken = Look(file.Path);
    private (DateTime Written, long Length) _seen = Look(file.Path);

    public string Name { get; } = Path.GetFileName(file.Path);

    /// <summary>
    /// Whether the file has changed, and not since the last look: what is still being written may be whole by accident,
    /// and say that half of the entries are gone.
    /// </summary>
    public bool IsDue()
    {
        var now = Look(file.Path);
        if (now != _seen || now == _taken)
        {
            _seen = now;
            return false;
        }

        _taken = now;
        return true;
    }

    /// <exception cref="ConfigurationFileException">The file cannot be used.</exception>
    public string TakeUp() => takeUp();

    // A look at the file's date: notifications do not reach every kind of mounted folder.
    private static (DateTime, long) Look(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
