using Microsoft.Extensions.Options;

namespace Platform.Flows.Access;

/// <summary>Leaves the address in a file, readable by its owner alone, as long as the service runs.</summary>
internal sealed partial class AddressFile(IOptions<AddressOptions> options, ILogger<AddressFile> logger) : IHostedLifecycleService
{
    private readonly string _path = options.Value.AddressFile;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_path.Length == 0)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            var started = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                started.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var file = new StreamWriter(_path, started);
            await file.WriteLineAsync(options.Value.PublicUrl);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(_path, unwritable.Message);
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Another run may have written its own since.
        if (_path.Length > 0 && File.Exists(_path) && (await File.ReadAllTextAsync(_path, cancellationToken)).Trim() == options.Value.PublicUrl)
        {
            File.Delete(_path);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "`./platform flows` will not find this service: {Path} cannot be written ({Reason}).")]
    private partial void LogUnwritable(string path, string reason);
}
