using System.Runtime.InteropServices;

namespace Platform.IdP.Keys;

/// <summary>
/// Gives a draft its name if nothing has that name yet, in one step of the file system. <see cref="File.Move(string, string, bool)"/>
/// without overwriting is such a step on Windows; elsewhere it looks first and renames then, so that of two at once both succeed.
/// </summary>
internal static partial class NewFile
{
    /// <summary>False when the name is taken; the draft is there still.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static bool TryPublish(string draft, string path)
    {
        try
        {
            Publish(draft, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void Publish(string draft, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(draft, path, overwrite: false);
        }
        else if (Link(draft, path) == 0)
        {
            File.Delete(draft);
        }
        else
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    // link(2): fails with EEXIST if the new name is taken; on NFS too.
    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
