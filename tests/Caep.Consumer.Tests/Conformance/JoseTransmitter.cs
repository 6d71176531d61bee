using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Caep.Tests.Conformance;

/// <summary>A transmitter on Node.js (<c>transmitter/transmitter.mjs</c>) that signs with jose and shares no code with ours.</summary>
internal sealed class JoseTransmitter : IDisposable
{
    private const string Listening = "listening: ";

    private readonly Process _node;
    private readonly HttpClient _http = new();

    private JoseTransmitter(Process node, string issuer) => (_node, Issuer) = (node, issuer);

    private static string Folder { get; } = typeof(JoseTransmitter).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ConformanceTransmitter").Value!;

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "The transmitter is not installed: run `./platform test`, or `npm ci` in tests/Caep.Consumer.Tests/Conformance/transmitter.";

    public string Issuer { get; }

    public static async Task<JoseTransmitter> StartAsync(CancellationToken cancellationToken)
    {
        var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "transmitter.mjs")]) { RedirectStandardOutput = true })!;
        if (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } line && line.StartsWith(Listening, StringComparison.Ordinal))
        {
            return new JoseTransmitter(node, line[Listening.Length..]);
        }

        node.Dispose();
        throw new InvalidOperationException("The transmitter ended before it listened.");
    }

    /// <summary>What the receiver answered.</summary>
    public async Task<(int Status, string Body)> PushAsync(JsonObject delivery, CancellationToken cancellationToken)
    {
        using var content = new StringContent(delivery.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri($"{Issuer}/push"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return (answer.GetProperty("status").GetInt32(), answer.GetProperty("body").GetString()!);
    }

    public void Dispose()
    {
        _http.Dispose();
        _node.Kill();
        _node.WaitForExit();
        _node.Dispose();
    }
}
