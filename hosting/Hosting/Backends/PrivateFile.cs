using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>A configuration file of a backend, in the folder of the run, readable by its owner alone.</summary>
internal static class PrivateFile
{
    public static string Write(BackendContext context, string name, string text)
    {
        var path = Path.Combine(context.RunFolder, $"{context.InstanceId}.{name}");
        // One that is left over may have other permissions: the mode counts only for a file that is created.
        File.Delete(path);
        using var file = new StreamWriter(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(text);
        return path;
    }
}
