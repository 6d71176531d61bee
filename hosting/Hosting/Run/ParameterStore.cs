using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>Generated values that outlive the run, in a file that only its owner reads.</summary>
internal sealed class ParameterStore(string folder)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };
    private readonly string _path = Path.Combine(folder, "parameters.json");

    public string GetOrAdd(string name, Func<string> generate)
    {
        DataFolders.Create(folder);
        using var turn = FileLock.Take(_path + ".lock");
        var values = File.Exists(_path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(_path))! : [];
        if (!values.TryGetValue(name, out var value))
        {
            value = values[name] = generate();
            var draft = _path + ".new";
            using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
            }))
            {
                JsonSerializer.Serialize(file, values, Json);
            }

            File.Move(draft, _path, overwrite: true);
        }

        return value;
    }
}
