namespace Aspire.Hosting.Publish;

/// <summary>The value of a setting in a deployment: text, and variables in between.</summary>
internal sealed record PublishedText(IReadOnlyList<PublishedText.Part> Parts)
{
    public IEnumerable<DeploymentVariable> Variables => Parts.OfType<Part.Given>().Select(part => part.Variable);

    public static PublishedText Of(string text) => new([new Part.Literal(text)]);

    public static PublishedText Of(DeploymentVariable variable) => new([new Part.Given(variable)]);

    /// <summary>The text with each variable written as the target writes it.</summary>
    public string Write(Func<string, string> literal, Func<DeploymentVariable, string> variable) => string.Concat(Parts.Select(part => part switch
    {
        Part.Literal(var text) => literal(text),
        Part.Given(var given) => variable(given),
        _ => throw new System.Diagnostics.UnreachableException(),
    }));

    internal abstract record Part
    {
        internal sealed record Literal(string Text) : Part;

        internal sealed record Given(DeploymentVariable Variable) : Part;
    }
}
