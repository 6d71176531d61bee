namespace Platform.Benchmarks.Load;

/// <summary>One that keeps a server busy: a connection, and the browser of the person behind it.</summary>
internal sealed class Worker(Contestant contestant, HttpConnection connection) : IDisposable
{
    public Contestant Contestant => contestant;

    public Browser Browser { get; set; } = new();

    /// <summary>Requests to choose from, where they can be made beforehand.</summary>
    public IReadOnlyList<byte[]> Requests { get; set; } = [];

    /// <summary>To the provider that a portal sends its people to.</summary>
    public HttpConnection? Provider { get; private set; }

    public async Task ConnectToProviderAsync(ServerProcess provider, CancellationToken cancellationToken) =>
        Provider = await HttpConnection.OpenAsync(provider.Port, cancellationToken);

    public ValueTask<HttpAnswer> SendAnyAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken) =>
        connection.SendAsync(request, cancellationToken);

    /// <summary>Sends what has one right answer: a server that refuses would be quick.</summary>
    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request, int expected, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(request, cancellationToken);
        return answer.Status == expected
            ? answer
            : throw new InvalidDataException($"The answer is {answer.Status}, not {expected}: {answer.Text}");
    }

    public void Dispose()
    {
        connection.Dispose();
        Provider?.Dispose();
    }
}
