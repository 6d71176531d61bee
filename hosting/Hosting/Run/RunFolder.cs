using System.Security.Cryptography;

namespace Aspire.Hosting.Run;

/// <summary>The temporary folder of a run, which only its owner reads.</summary>
internal sealed class RunFolder : IDisposable
{
    public RunFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"platform-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string Subfolder(params string[] names) =>
        Directory.CreateDirectory(System.IO.Path.Combine([Path, .. names])).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending wrote into it; the watchdog removes what is left.
        }
    }
}
