using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.AccessTokens.Sources;
using Platform.Bff.Configuration;
using Platform.Bff.Tests.Fixture;
using Platform.ServiceDefaults.Proxies;
using Platform.Sessions;

namespace Platform.Bff.Tests.Documentation;

/// <summary>docs/bff.md names every setting, variable and route there is, and no setting that there is not.</summary>
public sealed partial class DocumentedTests(Portal portal) : IClassFixture<Portal>
{
    // Of other parts, or without a fixed name.
    private static readonly string[] Others = ["ConnectionStrings:cache", "DataProtection:Secret", "ReverseProxy", "Providers:{name}:*"];

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "bff.md"));

    [Fact]
    public void Every_setting_is_in_the_table_and_every_setting_of_the_table_exists()
    {
        var table = Page[Page.IndexOf("## Settings", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var documented = Row().Matches(table).SelectMany(row => Names(row.Groups["names"].Value));

        Assert.Equal(Existing().Concat(Others).Order(), documented.Order());
    }

    [Fact]
    public void S0_8_S0_9_every_variable_of_an_existing_deployment_is_named() =>
        Assert.All(SeedVariables.Names, name => Assert.Contains($"`{name.Variable}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_route_is_named()
    {
        var routes = portal.Bff.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => $"/{route.RoutePattern.RawText!.Trim('/')}")
            .Where(path => path.StartsWith("/auth/", StringComparison.Ordinal) || path.StartsWith("/.well-known/", StringComparison.Ordinal))
            .Where(path => !path.Contains("{**", StringComparison.Ordinal))
            .Select(path => path.Replace("/{provider?}", "", StringComparison.Ordinal))
            .ToList();

        Assert.True(routes.Count >= 12);
        Assert.All(routes, route => Assert.Contains(route, Page, StringComparison.Ordinal));
    }

    // `Bff:Keys:RotateEvery`, `AnnounceFor`: the section of the first one holds for the others. `…:0` is a list's first.
    private static IEnumerable<string> Names(string cell)
    {
        var names = Name().Matches(cell).Select(match => match.Groups[1].Value).ToArray();
        var section = names[0].Contains(':', StringComparison.Ordinal) ? names[0][..names[0].LastIndexOf(':')] : "";
        return names
            .Select(name => name.Contains(':', StringComparison.Ordinal) || section.Length == 0 ? name : $"{section}:{name}")
            .Select(name => name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name);
    }

    private static IEnumerable<string> Existing() => new[] { typeof(BffOptions).Assembly, typeof(SessionsOptions).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type != typeof(ApiKeys))
        .Select(type => (Type: type, Section: type.GetField("Section")?.GetRawConstantValue() as string))
        .Append((Type: typeof(ProxyOptions), Section: BffOptions.Section))
        .Append((Type: typeof(ApiKeyOptions), Section: $"{ApiKeys.Section}:{{name}}"))
        .Where(options => options.Section is not null)
        .SelectMany(options => options.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite || property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IList<>))
            .Select(property => $"{options.Section}:{property.Name}"));

    [GeneratedRegex(@"^\| (?<names>`[A-Z][^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z:0{}*]+)`")]
    private static partial Regex Name();
}
