namespace Aspire.Hosting.ApplicationModel;

/// <summary>Aspire's rule for names, which become host names and parts of variables.</summary>
internal static class ResourceNames
{
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > 64 || !char.IsAsciiLetter(name[0]) || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal)
            || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw new ArgumentException(
                $"'{name}' cannot be the name of a resource: use at most 64 letters, digits and single hyphens, a letter first.", nameof(name));
        }
    }

    /// <summary>The name as part of a variable: upper case, everything else than letters and digits an underscore.</summary>
    public static string ToVariable(string name) =>
        string.Create(name.Length, name, (span, value) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(value[i]) ? char.ToUpperInvariant(value[i]) : '_';
            }
        });
}
