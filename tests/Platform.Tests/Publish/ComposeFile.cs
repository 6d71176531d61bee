using YamlDotNet.Serialization;

namespace Platform.Tests.Publish;

/// <summary>What the tests read of docker-compose.yaml.</summary>
public sealed class ComposeFile
{
    [YamlMember(Alias = "services")]
    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public static async Task<ComposeFile> ReadAsync(Publication publication, CancellationToken cancellationToken) =>
        new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<ComposeFile>(
            await File.ReadAllTextAsync(Path.Combine(publication.Folder, "docker-compose.yaml"), cancellationToken));
}

public sealed class ComposeService
{
    [YamlMember(Alias = "environment")]
    public Dictionary<string, string> Environment { get; set; } = [];

    [YamlMember(Alias = "ports")]
    public List<string> Ports { get; set; } = [];
}
