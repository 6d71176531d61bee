namespace Aspire.Hosting;

/// <summary>One process at a time: the lock is the open file, so that it ends with its owner, whatever happens.</summary>
internal static class FileLock
{
    public static FileStream Take(string path)
    {
        // There is no waiting for a file's lock in .NET; a spin of a few milliseconds serves a lock that is held for a moment.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 3000)
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(10);
            }
        }
    }
}
