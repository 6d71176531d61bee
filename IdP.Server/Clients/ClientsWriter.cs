using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>
/// Changes config/clients.yaml: under a lock that holds for all processes, checked before it is written, and replaced
/// as a whole, so that nobody reads half of it and nobody's change is lost.
/// </summary>
internal sealed class ClientsWriter(ConfigurationFile file, ResourceRegistry resources, ClientRegistry clients) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Applies the change; null leaves the file as it is. The clients in force are the new ones on return.</summary>
    /// <exception cref="ConfigurationFileException">The file with the change could not be used; it was not written.</exception>
    public async Task ChangeAsync(Func<ClientsDocument, ClientsDocument?> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var processLock = await LockAsync(cancellationToken);
            var text = await File.ReadAllTextAsync(file.Path, cancellationToken);
            if (change(new ClientsDocument(text)) is { } changed)
            {
                var draft = changed.ToString();
                var entries = ClientsFile.ReadAll(file.With(draft), resources);
                Replace(draft);
                clients.Replace(entries);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                return new FileStream($"{file.Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                // Another process holds it: how long that takes has nothing to do with the server's clock.
                await Task.Delay(Interval, TimeProvider.System, patience.Token);
            }
        }
    }

    private void Replace(string text)
    {
        var draft = $"{file.Path}.{Guid.NewGuid():N}.draft";
        try
        {
            using (var stream = new FileStream(draft, Options()))
            using (var writer = new StreamWriter(stream))
            {
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file.Path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(file.Path);
        }

        return options;
    }
}
