using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Platform.Hosting.Tests.Model;

/// <summary>The AppHost is plain Aspire: docs/hosting.md lists what it uses, and the engine has it.</summary>
public sealed partial class AspireMembersTests
{
    [Fact]
    public async Task What_the_AppHost_calls_is_listed_and_what_is_listed_is_there()
    {
        var root = Root();
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "AppHost"), "*.cs").Select(File.ReadAllText));
        var page = await File.ReadAllTextAsync(Path.Combine(root, "docs", "hosting.md"), Deadline.Token);
        var paragraph = page[page.IndexOf("## Members of Aspire", StringComparison.Ordinal)..].Split("\n\n")[2];
        var listed = Quoted().Matches(paragraph).Select(match => match.Groups[1].Value.Split('.')[^1]).ToHashSet();
        var known = typeof(DistributedApplication).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name)).ToHashSet();

        var used = Called().Matches(source).Select(match => match.Groups[1].Value).Where(known.Contains).ToHashSet();

        Assert.True(used.Count > 10, $"{used.Count}");
        Assert.Empty(used.Except(listed));
        Assert.Empty(listed.Except(known));
        Assert.DoesNotContain(listed, name => !source.Contains(name, StringComparison.Ordinal));
    }

    private static string Root([CallerFilePath] string path = "")
    {
        var folder = new FileInfo(path).Directory!;
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\.([A-Z][A-Za-z]+)[(<]")]
    private static partial Regex Called();
}
