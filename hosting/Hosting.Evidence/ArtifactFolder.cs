namespace Platform.Hosting.Evidence;

/// <summary>Where tests leave what a person looks at afterwards: a folder below <c>artifacts</c>, which CI keeps, or where a variable says.</summary>
public static class ArtifactFolder
{
    /// <summary>The folder <c>artifacts/NAME</c>, or what the variable <paramref name="variable"/> names.</summary>
    public static string Find(string name, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
        {
            return Path.GetFullPath(set);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        return Path.Combine(AppContext.BaseDirectory, name);
    }

    /// <summary>A file's or a folder's name for a test: names of theories hold their arguments.</summary>
    public static string NameOf(string test)
    {
        const int Longest = 150;
        var name = string.Concat(test.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_'));
        return name.Length <= Longest ? name : name[..Longest];
    }
}
