using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>The <c>redis-server</c> of the machine.</summary>
internal static class RedisServer
{
    public static BackendProcess Describe(BackendContext context, string program, string? password, bool keeps)
    {
        // The password stands in a file that only its owner reads: the command line is for everyone to see.
        var file = PrivateFile.Write(context, "redis.conf", $"""
            bind 127.0.0.1
            port {context.TargetPort}
            dir {Quote(context.DataFolder)}
            save ""
            appendonly {(keeps ? "yes" : "no")}
            appendfsync everysec
            {(password is null ? "protected-mode yes" : $"requirepass {Quote(password)}")}

            """);
        context.Say(keeps
            ? $"Redis is {program}; its append-only file is in {context.DataFolder}."
            : $"Redis is {program}; it keeps nothing when it ends.");
        return new(program, [file])
        {
            WorkingDirectory = context.DataFolder,
            Probe = (port, cancellationToken) => RedisProbe.AskAsync(port, password, cancellationToken),
            Description = keeps ? "redis-server" : "redis-server; keeps nothing when it ends",
        };
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
