using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publish;

/// <summary>What is settled when the files are written, section <c>Publish</c> of the AppHost's configuration.</summary>
internal sealed record PublishSettings
{
    /// <summary>Where the files go: <c>--output-path</c>, or <c>publish</c> in the current folder.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Before the names of the images, for example <c>registry.example.com/platform</c>.</summary>
    public required string ImagePrefix { get; init; }

    public required string ImageTag { get; init; }

    /// <summary>Whether the images are built too, as archives beside the files.</summary>
    public required bool Images { get; init; }

    /// <summary>What the images are made of; the SDK's choice, if not given.</summary>
    public string? BaseImage { get; init; }

    /// <summary>The Kubernetes namespace of what may call the external services.</summary>
    public required string IngressNamespace { get; init; }

    public static PublishSettings Read(IConfiguration configuration) => new()
    {
        OutputPath = Path.GetFullPath(configuration["output-path"] ?? configuration["Publish:OutputPath"] ?? "publish"),
        ImagePrefix = (configuration["Publish:ImagePrefix"] ?? "platform").TrimEnd('/'),
        ImageTag = configuration["Publish:ImageTag"] ?? "latest",
        Images = configuration.GetValue("Publish:Images", false),
        BaseImage = configuration["Publish:BaseImage"],
        IngressNamespace = configuration["Publish:IngressNamespace"] ?? "ingress-nginx",
    };

    public string ImageOf(string service) => $"{ImagePrefix}/{service}:{ImageTag}";
}
