using YamlDotNet.Serialization;

namespace Aspire.Hosting.Publish;

/// <summary>Mappings, sequences and scalars as YAML, in the order in which they were put together.</summary>
internal static class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().WithNewLine("\n").Build();

    /// <param name="comment">Stands above, a line for each of its own.</param>
    public static string Write(string comment, params IEnumerable<object> documents) =>
        string.Concat(comment.ReplaceLineEndings("\n").Split('\n').Select(line => $"# {line}\n")) +
        string.Join("---\n", documents.Select(Serializer.Serialize));
}
