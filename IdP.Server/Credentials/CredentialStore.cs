using System.Text.Json;

namespace Platform.IdP.Credentials;

/// <summary>
/// What people set up themselves, a file for each person. It must outlive any cache, so that it is on disk: written whole,
/// flushed and moved into place, under a lock that all replicas respect.
/// </summary>
internal sealed class CredentialStore(string folder) : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    // One writer of this process at a time; the file's lock is for those of other processes.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<PersonCredentials> FindAsync(string subject, CancellationToken cancellationToken)
    {
        var path = PathOf(subject);
        if (!File.Exists(path))
        {
            return new PersonCredentials { Subject = subject };
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var found = await JsonSerializer.DeserializeAsync(file, CredentialJson.Default.PersonCredentials, cancellationToken);
        return found?.Subject == subject ? found : throw new InvalidDataException($"{path} is of another person.");
    }

    /// <summary>Writes what <paramref name="change"/> makes of the present state; null leaves it. True when it was written.</summary>
    public async Task<bool> UpdateAsync(
        string subject, Func<PersonCredentials, PersonCredentials?> change, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var locked = await LockAsync(PathOf(subject) + ".lock", cancellationToken);
            if (change(await FindAsync(subject, cancellationToken)) is not { } changed)
            {
                return false;
            }

            await WriteAsync(PathOf(subject), changed, cancellationToken);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Retry, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(string path, PersonCredentials credentials, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new FileStream(draft, creation))
        {
            await JsonSerializer.SerializeAsync(file, credentials, CredentialJson.Default.PersonCredentials, cancellationToken);
            await file.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(draft, path, overwrite: true);
    }

    // A subject is the operator's text, and no part of a path.
    private string PathOf(string subject) => Path.Combine(folder, Handle.Hash(subject) + ".json");
}
