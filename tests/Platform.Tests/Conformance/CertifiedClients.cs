using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Platform.Tests.Conformance;

/// <summary>Runs the scripts under <c>clients/scenarios</c>: openid-client and oauth4webapi on Node.js.</summary>
public sealed class CertifiedClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _setup;
    private readonly string _certificates;

    public CertifiedClients(string folder, ConformanceSetup setup)
    {
        _setup = Path.Combine(folder, "setup.json");
        _certificates = Path.Combine(folder, "authorities.pem");
        File.WriteAllText(_setup, JsonSerializer.Serialize(setup, JsonSerializerOptions.Web));
        File.WriteAllText(_certificates, setup.Tls.Ca);
    }

    private static string Folder { get; } = typeof(CertifiedClients).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ConformanceClients").Value!;

    /// <summary>Why the scripts cannot run here, or null.</summary>
    public static string? Missing => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "The certified clients are not installed: run `./platform test`, or `npm ci` in tests/Platform.Tests/Conformance/clients.";

    /// <summary>Runs one scenario to its end; the output is that of the script when it failed, empty otherwise.</summary>
    public async Task<string> RunAsync(string scenario, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "scenarios", $"{scenario}.mjs")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["CONFORMANCE_SETUP"] = _setup, ["NODE_EXTRA_CA_CERTS"] = _certificates },
        };
        using var node = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = await Task.WhenAll(
                node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
            await node.WaitForExitAsync(patience.Token);
            return node.ExitCode == 0 ? "" : $"exit code {node.ExitCode}\n{string.Concat(output)}";
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
