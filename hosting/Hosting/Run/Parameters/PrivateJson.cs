using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting;

/// <summary>A JSON object in a file that only its owner reads; one process at a time changes it, and it is never half written.</summary>
internal static class PrivateJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the object when <paramref name="change"/> says that it changed it.</summary>
    public static void Change(string path, Func<JsonObject, bool> change)
    {
        DataFolders.Create(Path.GetDirectoryName(path)!);
        using var turn = FileLock.Take(path + ".lock");
        var values = File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? [] : [];
        if (!change(values))
        {
            return;
        }

        var draft = path + ".new";
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        }))
        {
            JsonSerializer.Serialize(file, values, Indented);
        }

        File.Move(draft, path, overwrite: true);
    }
}
