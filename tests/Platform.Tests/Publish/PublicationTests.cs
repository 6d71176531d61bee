namespace Platform.Tests.Publish;

public sealed class PublicationTests(Publication publication) : IClassFixture<Publication>
{
    [Fact]
    public async Task All_files_are_as_their_published_schemas_say()
    {
        Assert.SkipWhen(Publication.SchemasMissing is not null, Publication.SchemasMissing ?? "");

        Assert.Equal("", await Publication.FaultsAsync(publication.Folder));
    }

    [Fact]
    public async Task The_schemas_find_what_is_wrong()
    {
        Assert.SkipWhen(Publication.SchemasMissing is not null, Publication.SchemasMissing ?? "");
        var folder = Directory.CreateTempSubdirectory("wrong-");
        var manifests = folder.CreateSubdirectory("kubernetes").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "docker-compose.yaml"),
            (await ReadAsync(Path.Combine(publication.Folder, "docker-compose.yaml"))).Replace("restart:", "restrat:", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(manifests, "idp.yaml"),
            (await ReadAsync(Path.Combine(publication.Folder, "kubernetes", "idp.yaml"))).Replace("replicas: 1", "replicas: one", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var faults = await Publication.FaultsAsync(folder.FullName);

        folder.Delete(recursive: true);
        Assert.Contains("docker-compose.yaml/services/idp: must NOT have additional properties", faults, StringComparison.Ordinal);
        Assert.Contains("idp.yaml: Deployment idp: data/spec/replicas must be integer", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_service_has_what_an_orchestrator_asks_for()
    {
        foreach (var service in (string[])["idp", "contacts-api", "spa", "bff", "caep"])
        {
            var text = await ReadAsync(Path.Combine(publication.Folder, "kubernetes", $"{service}.yaml"));

            foreach (var part in (string[])["kind: Deployment", "kind: Service", "kind: NetworkPolicy", "kind: PodDisruptionBudget",
                "startupProbe:", "livenessProbe:", "readinessProbe:", "limits:", "runAsNonRoot: true", "readOnlyRootFilesystem: true"])
            {
                Assert.Contains(part, text, StringComparison.Ordinal);
            }

            // What keeps files cannot be several at once.
            Assert.Equal(service != "idp", text.Contains("kind: HorizontalPodAutoscaler", StringComparison.Ordinal));
            Assert.Equal(service is "idp" or "bff", text.Contains("kind: Ingress", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_of_development_and_no_secret_leaves_this_machine()
    {
        foreach (var file in Directory.EnumerateFiles(publication.Folder, "*", SearchOption.AllDirectories))
        {
            var text = await ReadAsync(file);
            foreach (var ofDevelopment in (string[])["Development", "localhost:70", "localhost:71", "DOTNET_LAUNCH_PROFILE", ".platform", "flows"])
            {
                Assert.DoesNotContain(ofDevelopment, text, StringComparison.Ordinal);
            }
        }

        var compose = await ComposeFile.ReadAsync(publication, TestContext.Current.CancellationToken);
        var secrets = compose.Services.Values.SelectMany(service => service.Environment)
            .Where(setting => setting.Key.Contains("secret", StringComparison.OrdinalIgnoreCase) || setting.Key.Contains("password", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, setting => Assert.Matches(@"^\$\{[A-Z_]+:\?\}$", setting.Value));
        Assert.All(
            (await ReadAsync(Path.Combine(publication.Folder, ".env.example"))).Split('\n').Where(line => line.Contains("SECRET", StringComparison.Ordinal) || line.Contains("PASSWORD", StringComparison.Ordinal)),
            line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    [Fact]
    public void It_says_what_was_written_and_what_is_left_to_do()
    {
        Assert.Contains("docker-compose.yaml", publication.Output, StringComparison.Ordinal);
        Assert.Contains("Left to do: build the images", publication.Output, StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}
