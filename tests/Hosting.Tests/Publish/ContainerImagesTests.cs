using System.Formats.Tar;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Publish;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Publish;

public sealed class ContainerImagesTests : IDisposable
{
    // A build from nothing.
    private const int Patience = 3 * Deadline.Milliseconds;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("images-");

    [Fact(Timeout = Patience)]
    public async Task Are_built_as_archives_without_a_container_engine()
    {
        await using var registry = await LocalRegistry.StartAsync(Deadline.Token);
        var project = await ProjectAsync("Console.WriteLine(\"It runs.\");");

        await PublishAsync(project, registry);

        var entries = new Dictionary<string, byte[]>();
        await using var archive = new TarReader(File.OpenRead(Path.Combine(_folder.FullName, "out", "images", "web.tar")));
        while (await archive.GetNextEntryAsync(copyData: true, Deadline.Token) is { } entry)
        {
            using var data = new MemoryStream();
            if (entry.DataStream is not null)
            {
                await entry.DataStream.CopyToAsync(data, Deadline.Token);
            }

            entries[entry.Name] = data.ToArray();
        }

        var image = JsonDocument.Parse(entries["manifest.json"]).RootElement[0];
        Assert.Equal("shop/web:7", image.GetProperty("RepoTags")[0].GetString());
        Assert.Equal(2, image.GetProperty("Layers").GetArrayLength());
        var config = JsonDocument.Parse(entries[image.GetProperty("Config").GetString()!]).RootElement.GetProperty("config");
        Assert.Equal("1654", config.GetProperty("User").GetString());
    }

    [Fact(Timeout = Patience)]
    public async Task Are_refused_with_the_name_of_what_does_not_build()
    {
        await using var registry = await LocalRegistry.StartAsync(Deadline.Token);
        var project = await ProjectAsync("This does not compile.");

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishAsync(project, registry));

        Assert.Contains("The image of 'web' was not built", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> ProjectAsync(string program)
    {
        var project = Path.Combine(_folder.FullName, "web.csproj");
        await File.WriteAllTextAsync(project, """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """, Deadline.Token);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "Program.cs"), program, Deadline.Token);
        return project;
    }

    private async Task PublishAsync(string project, LocalRegistry registry)
    {
        var builder = DistributedApplication.CreateBuilder(
        [
            "publish", "--output-path", Path.Combine(_folder.FullName, "out"), "--Publish:Images=true", "--Publish:ImagePrefix=shop",
            "--Publish:ImageTag=7", $"--Publish:BaseImage={registry.Name}/base:1",
        ]);
        builder.AddProject("web", project, launchProfileName: null).WithHttpEndpoint();
        await using var application = builder.Build();
        await application.Services.GetService<Publisher>().PublishAsync(Deadline.Token);
    }
}
