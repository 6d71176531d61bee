using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>A private key in a PEM file, made once: processes that start together end up with the same key.</summary>
internal static class KeyFile
{
    public static SigningKey LoadOrCreate(string path, JwsAlgorithm algorithm)
    {
        if (!File.Exists(path))
        {
            Create(path, algorithm);
        }

        try
        {
            return SigningKey.FromPem(File.ReadAllText(path), algorithm);
        }
        catch (FormatException unusable)
        {
            throw new ConfigurationFileException(path, 1,
                $"{unusable.Message} Restore the file, or delete it to have a new key made.");
        }
    }

    private static void Create(string path, JwsAlgorithm algorithm)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(draft, algorithm);

            // Moving onto a file that exists fails: whoever comes first wins, and its file is never half written.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Write(string path, JwsAlgorithm algorithm)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var key = SigningKey.Create(algorithm);
        using var file = new FileStream(path, options);
        using var writer = new StreamWriter(file);
        writer.Write(key.ToPem());
        writer.Flush();
        file.Flush(flushToDisk: true);
    }
}
