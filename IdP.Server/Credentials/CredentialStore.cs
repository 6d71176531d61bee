using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Credentials;

/// <summary>
/// What people set up themselves, a file for each person. It must outlive any cache, so that it is on disk: written whole,
/// flushed and moved into place, under a lock that all replicas respect.
/// </summary>
internal sealed partial class CredentialStore(string folder, CredentialEvents events, ILogger<CredentialStore> logger) : IDisposable
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

    /// <summary>
    /// Writes what <paramref name="change"/> makes of the present state, and raises the events that tell of it; null leaves it.
    /// True when it was written.
    /// </summary>
    public Task<bool> UpdateAsync(
        string subject, Func<PersonCredentials, PersonCredentials?> change, CancellationToken cancellationToken) =>
        AloneAsync(subject, async () =>
        {
            var before = await FindAsync(subject, cancellationToken);
            if (change(before) is not { } after)
            {
                return false;
            }

            var raised = events.Make(before, after);
            if (raised.Count == 0)
            {
                await WriteAsync(PathOf(subject), after, cancellationToken);
                return true;
            }

            await events.NoteAsync(subject);
            await WriteAsync(PathOf(subject), after with { Untold = [.. before.Untold ?? [], .. raised] }, cancellationToken);
            events.Audit(before, after);
            await TryTellAsync(subject);
            return true;
        }, cancellationToken);

    /// <summary>Takes on the events that the file still holds.</summary>
    public Task<bool> TellAsync(string subject, CancellationToken cancellationToken) => AloneAsync(subject, async () =>
    {
        await TellUntoldAsync(subject);
        return true;
    }, cancellationToken);

    // The change is made, come what may; what cannot be told now is told later (CredentialRecovery).
    private async Task TryTellAsync(string subject)
    {
        try
        {
            await TellUntoldAsync(subject);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogUntold(away.Message);
        }
    }

    // Not given up in the middle, whoever asked for it.
    private async Task TellUntoldAsync(string subject)
    {
        var credentials = await FindAsync(subject, CancellationToken.None);
        if (credentials.Untold is { } untold)
        {
            await events.TellAsync(untold);
            await WriteAsync(PathOf(subject), credentials with { Untold = null }, CancellationToken.None);
        }

        await events.ForgetAsync(subject);
    }

    private async Task<bool> AloneAsync(string subject, Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var locked = await LockAsync(PathOf(subject) + ".lock", cancellationToken);
            return await work();
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

    [LoggerMessage(LogLevel.Warning, "The events of a changed credential are told later: {Reason}")]
    private partial void LogUntold(string reason);
}
