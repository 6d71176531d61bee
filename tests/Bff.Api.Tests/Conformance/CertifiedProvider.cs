using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Bff.Tests.Conformance;

/// <summary>oidc-provider on Node.js (<c>provider/provider.mjs</c>), which the OpenID Foundation has certified.</summary>
internal sealed class CertifiedProvider : IDisposable
{
    private readonly Process _node;

    private CertifiedProvider(Process node, string issuer, string api) => (_node, Issuer, Api) = (node, issuer, api);

    private static string Folder { get; } = typeof(CertifiedProvider).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ConformanceProvider").Value!;

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "The certified provider is not installed: run `./platform test`, or `npm ci` in tests/Bff.Api.Tests/Conformance/provider.";

    public string Issuer { get; }

    /// <summary>A resource server that accepts its tokens.</summary>
    public string Api { get; }

    public static async Task<CertifiedProvider> StartAsync(JsonObject setup, CancellationToken cancellationToken)
    {
        var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "provider.mjs")])
        {
            RedirectStandardOutput = true,
            Environment = { ["CONFORMANCE_SETUP"] = setup.ToJsonString(JsonSerializerOptions.Web), ["NODE_ENV"] = "production" },
        })!;
        const string Listening = "listening: ";
        string? line;
        do
        {
            line = await node.StandardOutput.ReadLineAsync(cancellationToken);
        }
        while (line?.StartsWith(Listening, StringComparison.Ordinal) is false);

        if (line?[Listening.Length..].Split(' ') is [var issuer, var api])
        {
            return new CertifiedProvider(node, issuer, api);
        }

        node.Dispose();
        throw new InvalidOperationException("The certified provider ended before it listened.");
    }

    public void Dispose()
    {
        _node.Kill();
        _node.WaitForExit();
        _node.Dispose();
    }
}
