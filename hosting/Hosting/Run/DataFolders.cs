namespace Aspire.Hosting;

/// <summary>Where things are kept.</summary>
internal static class DataFolders
{
    /// <summary>Configuration key of the folder that outlives runs. Not set in tests: nothing does there.</summary>
    public const string Key = "Hosting:DataFolder";

    /// <summary>The folder, or one in it; only its owner reads it, because it holds secrets.</summary>
    public static string Create(string folder, string? part = null)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Directory.CreateDirectory(part is null ? folder : Path.Combine(folder, part)).FullName;
    }
}
