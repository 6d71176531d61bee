namespace Aspire.Hosting.Publish;

/// <summary>How a publication is asked for: <c>dotnet run -- publish</c>, or as Aspire's own command line does it.</summary>
internal static class PublishArguments
{
    public static bool Contains(string[]? args) => args is ["publish", ..] ||
        args is not null && Array.IndexOf(args, "--operation") is >= 0 and var at && at + 1 < args.Length && args[at + 1] == "publish";
}
