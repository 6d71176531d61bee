using System.Reflection;
using System.Text.RegularExpressions;
using Platform.IdP.Configuration;
using Platform.ServiceDefaults.Proxies;

namespace Platform.IdP.Tests.Documentation;

/// <summary>docs/idp.md names every setting there is, and none that there is not.</summary>
public sealed partial class DocumentedSettingsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "idp.md"));

    [Fact]
    public void Every_setting_is_in_the_table_and_every_setting_of_the_table_exists()
    {
        var table = Page[Page.IndexOf("## Settings", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var documented = Row().Matches(table).SelectMany(row => Names(row.Groups["names"].Value));

        Assert.Equal(Existing().Append("DataProtection:Secret").Order(), documented.Order());
    }

    // `Idp:Lifetimes:Code`, `PushedRequest`: the section of the first one holds for the others.
    private static IEnumerable<string> Names(string cell)
    {
        var names = Name().Matches(cell).Select(match => match.Groups[1].Value).ToArray();
        var section = names[0][..names[0].LastIndexOf(':')];
        return names.Select(name => name.Contains(':', StringComparison.Ordinal) ? name : $"{section}:{name}");
    }

    private static IEnumerable<string> Existing() => typeof(IdpOptions).Assembly.GetTypes()
        .Select(type => (Type: type, Section: type.GetField("Section")?.GetRawConstantValue() as string))
        .Append((Type: typeof(ProxyOptions), Section: IdpOptions.Section))
        .Where(options => options.Section is not null)
        .SelectMany(options => Settings(options.Type, options.Section!));

    private static IEnumerable<string> Settings(Type type, string section) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.CanWrite || property.PropertyType.IsGenericType)
        .SelectMany(property => property.PropertyType.Namespace == typeof(IdpOptions).Namespace
            ? Settings(property.PropertyType, $"{section}:{property.Name}")
            : [$"{section}:{property.Name}"]);

    [GeneratedRegex(@"^\| (?<names>`[A-Z][^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z:]+)`")]
    private static partial Regex Name();
}
