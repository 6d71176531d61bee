namespace Platform.Tests.Topology;

/// <summary>A copy of the authorization server's shipped configuration files, to be changed.</summary>
internal sealed class IdpFiles : IDisposable
{
    public IdpFiles()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "idp-config")))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("idp-files-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
