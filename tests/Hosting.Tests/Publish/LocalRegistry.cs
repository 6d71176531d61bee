using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Tests.Publish;

/// <summary>A registry of this machine with one image, <c>base:1</c>, of one almost empty layer (OCI Distribution Specification).</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;

    private LocalRegistry()
    {
        var layer = Layer();
        var compressed = Compressed(layer);
        var config = Json(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/bin" }, User = "1654" },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(layer) } },
            history = new[] { new { } },
        });
        var manifest = Json(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = config.Length, digest = Digest(config) },
            layers = new[] { new { mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip", size = compressed.Length, digest = Digest(compressed) } },
        });
        var blobs = new[] { config, compressed }.ToDictionary(Digest);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/v2/base/manifests/{reference}", (HttpResponse response) =>
        {
            response.Headers["Docker-Content-Digest"] = Digest(manifest);
            return Results.Bytes(manifest, ManifestType);
        });
        _app.MapGet("/v2/base/blobs/{digest}", (string digest) => Results.Bytes(blobs[digest], "application/octet-stream"));
    }

    /// <summary>The registry's host and port.</summary>
    public string Name => $"localhost:{new Uri(((IServer)_app.Services.GetService(typeof(IServer))!)
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}";

    public static async Task<LocalRegistry> StartAsync(CancellationToken cancellationToken)
    {
        var registry = new LocalRegistry();
        await registry._app.StartAsync(cancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static byte[] Layer()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/os-release") { DataStream = new MemoryStream("ID=test\n"u8.ToArray()) });
        }

        return stream.ToArray();
    }

    private static byte[] Compressed(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(data);
        }

        return stream.ToArray();
    }

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));

    private static string Digest(byte[] data) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(data))}";
}
