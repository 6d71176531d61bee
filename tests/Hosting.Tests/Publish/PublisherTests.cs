using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publish;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Publish;

public sealed class PublisherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("publisher-").FullName;

    [Theory]
    [InlineData("publish")]
    [InlineData("--operation", "publish")]
    public async Task Writes_what_the_model_says_and_starts_nothing(params string[] asked)
    {
        var builder = Builder(asked);
        Assert.True(builder.ExecutionContext.IsPublishMode);
        var cache = builder.AddRedis("cache");
        var word = builder.AddParameter("pass-word", () => throw new InvalidOperationException("Nobody asks for its value."), secret: true);
        var api = Service(builder, "api").WithEnvironment("WORD", word).WithReference(cache);
        Service(builder, "web").WithReference(api).WaitFor(api).WithReplicas(3).WithEnvironment("PRICE", "5 $ of $(all)");

        await RunAsync(builder);

        var compose = Read("docker-compose.yaml");
        Assert.Contains("WORD: ${PASS_WORD:?}", compose, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__cache: cache:6379,password=${CACHE_PASSWORD:?}", compose, StringComparison.Ordinal);
        Assert.Contains("services__api__http__0: http://api:8080", compose, StringComparison.Ordinal);
        Assert.Contains("PRICE: 5 $$ of $$(all)", compose, StringComparison.Ordinal);
        Assert.Contains("replicas: 3", compose, StringComparison.Ordinal);
        Assert.Contains("PASS_WORD=\n", Read(".env.example"), StringComparison.Ordinal);
        var web = Read("kubernetes/web.yaml");
        Assert.Contains("value: 5 $ of $$(all)", web, StringComparison.Ordinal);
        Assert.Contains("minReplicas: 3", web, StringComparison.Ordinal);
        Assert.Contains("secretKeyRef:\n                  name: platform-secrets\n                  key: PASS_WORD", Read("kubernetes/api.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_nobody_in_but_who_refers_to_a_service()
    {
        var builder = Builder("publish");
        var api = Service(builder, "api");
        Service(builder, "web").WithReference(api).WithExternalHttpEndpoints();
        Service(builder, "other");

        await RunAsync(builder);

        Assert.Contains("ingress:\n    - from:\n        - podSelector:\n            matchLabels:\n              app.kubernetes.io/name: web\n      ports:", Read("kubernetes/api.yaml"), StringComparison.Ordinal);
        Assert.Contains("kubernetes.io/metadata.name: ingress-nginx", Read("kubernetes/web.yaml"), StringComparison.Ordinal);
        Assert.Contains("ingress: []", Read("kubernetes/other.yaml"), StringComparison.Ordinal);
        Assert.Contains("name: default-deny", Read("kubernetes/network.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_out_what_is_excluded_and_refuses_what_it_cannot_publish()
    {
        var builder = Builder("publish");
        builder.AddExecutable("tool", "true", ".").ExcludeFromManifest();
        await RunAsync(builder);
        Assert.DoesNotContain("tool", Read("docker-compose.yaml"), StringComparison.Ordinal);

        var another = Builder("publish");
        another.AddExecutable("tool", "true", ".");

        await RefusesAsync(another, "'tool' (ExecutableResource) cannot be published: exclude it with ExcludeFromManifest()");
    }

    [Fact]
    public async Task Says_which_value_has_no_meaning_elsewhere()
    {
        var builder = Builder("publish");
        var web = Service(builder, "web").WithHttpsEndpoint().WithExternalHttpEndpoints();
        web.WithEnvironment("PORT", $"{web.GetEndpoint("https").Property(EndpointProperty.Port)}");

        await RefusesAsync(builder, "Port of the endpoint 'https' of 'web' cannot be published");
    }

    [Fact]
    public async Task Says_where_it_cannot_write()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Deadline.Token);
        var builder = DistributedApplication.CreateBuilder(["publish", "--output-path", file]);

        await RefusesAsync(builder, $"The deployment cannot be written to {file}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IDistributedApplicationBuilder Builder(params string[] asked) =>
        DistributedApplication.CreateBuilder([.. asked, "--output-path", _folder]);

    private IResourceBuilder<ProjectResource> Service(IDistributedApplicationBuilder builder, string name)
    {
        var project = Path.Combine(_folder, $"{name}.csproj");
        File.WriteAllText(project, "<Project />");
        return builder.AddProject(name, project, launchProfileName: null).WithHttpEndpoint();
    }

    private static async Task RunAsync(IDistributedApplicationBuilder builder)
    {
        await using var application = builder.Build();
        await application.Services.GetService<Publisher>().PublishAsync(Deadline.Token);
    }

    private static async Task RefusesAsync(IDistributedApplicationBuilder builder, string message) => Assert.Contains(
        message, (await Assert.ThrowsAsync<DistributedApplicationException>(() => RunAsync(builder))).Message, StringComparison.Ordinal);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
