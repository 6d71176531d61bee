using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Platform.Testing;

/// <summary>A real Redis of its own on a free port, without persistence; ended with the fixture.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    public RedisServer()
    {
        Start();
        Connection = Connect(ConnectionString);
    }

    public string ConnectionString => $"localhost:{_port}";

    public IConnectionMultiplexer Connection { get; }

    /// <summary>Starts the server again, empty, on the same port.</summary>
    public void Start()
    {
        if (_process is null)
        {
            _process = Process.Start(new ProcessStartInfo("redis-server",
                ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            { RedirectStandardOutput = true })!;
            while (_process.StandardOutput.ReadLine()?.Contains("Ready to accept", StringComparison.Ordinal) is false)
            {
                // What it says before that is of no interest.
            }

            // What it says after must not fill the pipe.
            _ = _process.StandardOutput.ReadToEndAsync();
        }
    }

    /// <summary>Ends the server at once, as a crash would.</summary>
    public void Stop()
    {
        if (_process is { } running)
        {
            _process = null;
            running.Kill();
            running.WaitForExit();
            running.Dispose();
        }
    }

    /// <summary>Waits until the connection is of use; that it calls itself connected may be from before the server ended.</summary>
    public Task AnswersAsync(CancellationToken cancellationToken) => Eventually.BecomesTrueAsync(
        async () =>
        {
            try
            {
                await Connection.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);

                // Off the client's own thread, which the caller might block.
                await Task.Yield();
                return true;
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                return false;
            }
        }, cancellationToken);

    public void Dispose()
    {
        Connection.Close(allowCommandsToComplete: false); // a farewell would be waited for as long as for an answer
        Connection.Dispose();
        Stop();
    }

    private static ConnectionMultiplexer Connect(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 20;
        options.ConnectTimeout = 500;
        options.SyncTimeout = 10_000;
        return ConnectionMultiplexer.Connect(options);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
