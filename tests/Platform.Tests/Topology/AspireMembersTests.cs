using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Platform.Tests.Topology;

/// <summary>The AppHost and these tests are plain Aspire: docs/hosting.md lists every member that they use, and no other.</summary>
public sealed partial class AspireMembersTests
{
    [Fact]
    public async Task Every_member_of_Aspire_that_is_used_is_listed_and_every_one_that_is_listed_is_used()
    {
        var appHost = Used("AppHost.dll");
        var tests = Used("Platform.Tests.dll").Except(appHost).ToHashSet();
        var page = await File.ReadAllTextAsync(Page(), TestContext.Current.CancellationToken);
        var paragraphs = page[page.IndexOf("## Members of Aspire", StringComparison.Ordinal)..].Split("\n\n");

        AreTheSame(appHost, Listed(paragraphs[2]));
        AreTheSame(tests, Listed(paragraphs[3]));
    }

    private static void AreTheSame(HashSet<string> used, HashSet<string> listed)
    {
        Assert.True(used.Count > 10, $"{used.Count}");
        Assert.Empty(used.Except(listed));
        Assert.Empty(listed.Except(used));
    }

    private static HashSet<string> Listed(string paragraph) =>
        [.. Quoted().Matches(paragraph).Select(match => match.Groups[1].Value).Where(name => !name.Contains('/', StringComparison.Ordinal))];

    /// <summary>Types that are made, extension methods, and other members with their types.</summary>
    private static HashSet<string> Used(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let member = metadata.GetMemberReference(handle)
               let type = TypeOf(metadata, member.Parent)
               where type is not null && metadata.GetString(type.Value.Namespace).StartsWith("Aspire.", StringComparison.Ordinal)
               select NameOf(metadata.GetString(member.Name), metadata.GetString(type.Value.Name)),
        ];
    }

    private static TypeReference? TypeOf(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => metadata.GetTypeReference((TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)parent)),
        _ => null,
    };

    // ECMA-335 II.23.2.14: GENERICINST, CLASS or VALUETYPE, then the generic type.
    private static TypeReference? Generic(MetadataReader metadata, TypeSpecification type)
    {
        var signature = metadata.GetBlobReader(type.Signature);
        return signature.ReadSignatureTypeCode() is SignatureTypeCode.GenericTypeInstance && signature.ReadByte() > 0 &&
            signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } generic
            ? metadata.GetTypeReference((TypeReferenceHandle)generic)
            : null;
    }

    private static string NameOf(string member, string type) =>
        member is ".ctor" ? type.Split('`')[0]
        : type.EndsWith("Extensions", StringComparison.Ordinal) ? member
        : $"{type.Split('`')[0]}.{Accessor().Replace(member, "")}";

    private static string Page([CallerFilePath] string path = "")
    {
        var folder = new FileInfo(path).Directory!;
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "hosting.md");
    }

    [GeneratedRegex("`([A-Za-z./]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^(get|set|add|remove)_")]
    private static partial Regex Accessor();
}
