namespace Aspire.Hosting;

/// <summary>Generated values that outlive the run, in a file that only its owner reads.</summary>
internal sealed class ParameterStore(string folder)
{
    private readonly string _path = Path.Combine(folder, "parameters.json");

    public string GetOrAdd(string name, Func<string> generate)
    {
        string? value = null;
        PrivateJson.Change(_path, values =>
        {
            value = (string?)values[name];
            if (value is not null)
            {
                return false;
            }

            values[name] = value = generate();
            return true;
        });
        return value!;
    }
}
