namespace Platform.Doctor.Checks;

/// <summary>Why an address is not among those that are registered, although somebody meant it to be: the commonest ways, most likely first.</summary>
internal static class AddressDifference
{
    /// <summary>What is there instead, and how it differs.</summary>
    public static string Explain(string wanted, IReadOnlyList<string> registered)
    {
        if (registered.Count == 0)
            return "None is registered.";
        if (registered.FirstOrDefault(other => other != wanted && other.Split(',', ' ').Contains(wanted)) is { } joined)
            return $"'{joined}' is one joined text: each address is an entry of its own.";
        if (registered.FirstOrDefault(other => other.TrimEnd('/') == wanted.TrimEnd('/')) is { } slash)
            return $"'{slash}' differs by the slash at its end.";
        if (registered.FirstOrDefault(other => string.Equals(other, wanted, StringComparison.OrdinalIgnoreCase)) is { } letters)
            return $"'{letters}' differs by upper and lower case.";
        if (Uri.TryCreate(wanted, UriKind.Absolute, out var address))
        {
            foreach (var (part, others) in Parts)
            {
                if (registered.FirstOrDefault(other =>
                    Uri.TryCreate(other, UriKind.Absolute, out var uri) && others(uri) == others(address)) is { } near)
                    return $"'{near}' differs by {part}.";
            }
        }

        return $"Registered is {string.Join(", ", registered.Select(other => $"'{other}'"))}.";
    }

    // Each compares what is left when that part is taken away.
    private static readonly (string Part, Func<Uri, string> Others)[] Parts =
    [
        ("http and https", uri => $"{uri.Authority}{uri.PathAndQuery}"),
        ("the port", uri => $"{uri.Scheme}://{uri.Host}{uri.PathAndQuery}"),
        ("the host", uri => $"{uri.Scheme}:{uri.PathAndQuery}"),
        ("the path", uri => uri.GetLeftPart(UriPartial.Authority)),
    ];
}
