using System.Security.Cryptography;
using Platform.Doctor;
using Platform.Doctor.Asking;
using Platform.Doctor.Reports;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Doctor;

/// <summary>
/// A topology for the doctor, with the IdP's files to put mismatches in, and two further BFFs that are configured as badly as can be:
/// they start when they are told to. Each test leaves it whole.
/// </summary>
public sealed class DoctorTopology : IAsyncLifetime
{
    public const string OddPortal = "bff-odd";
    public const string MisspeltPortal = "bff-misspelt";

    private const string NoLimit = "1000000";

    private readonly string _key = RandomNumberGenerator.GetHexString(48);
    private readonly IdpFiles _files = new();
    private string _clients = "";
    private RunningTopology? _running;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>The BFF's key, which the doctor has.</summary>
    public Credential Key => new(_key, "the test");

    public async ValueTask InitializeAsync()
    {
        _clients = await File.ReadAllTextAsync(_files.PathOf("clients.yaml"));
        _running = await RunningTopology.StartAsync(Change, $"--Parameters:diagnostics-key={_key}", "--Hosting:RestartDelay=0");
        Running.Secrets.Add(_key);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        _files.Dispose();
    }

    /// <summary>Whom the doctor asks.</summary>
    internal Target Target(string portal = "bff", Uri? idp = null) => new(
        Running.App.GetEndpoint(portal, "https"), idp,
        [.. new[] { "contacts-api", "spa", "caep" }.Select(name => new NamedAddress(name, Running.App.GetEndpoint(name, "http")))],
        Key, new(Running.AdministratorSecret, "the test"));

    internal Task<Report> ExamineAsync(string portal = "bff") =>
        PlatformDoctor.ExamineAsync(Target(portal), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>The report in which each of these checks found a mismatch: services take up changes in their own time.</summary>
    internal Task<Report> FindsAsync(IReadOnlyList<string> checks, string portal = "bff") =>
        ExamineUntilAsync(report => !checks.Except(Mismatches(report)).Any(), portal);

    /// <summary>The first report that is as it should be.</summary>
    internal async Task<Report> ExamineUntilAsync(Predicate<Report> isRight, string portal = "bff")
    {
        Report? report = null;
        try
        {
            await Eventually.BecomesTrueAsync(
                async () => isRight(report = await ExamineAsync(portal)), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail(MarkdownReport.Write(report!));
        }

        return report!;
    }

    internal static IEnumerable<string> Mismatches(Report report) =>
        report.Findings.Where(finding => finding.Severity is Severity.Mismatch).Select(finding => finding.Check);

    /// <summary>Changes the shipped clients.yaml; without changes it is as it was shipped.</summary>
    internal Task WriteClientsAsync(params (string From, string To)[] changes)
    {
        var text = _clients;
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return File.WriteAllTextAsync(_files.PathOf("clients.yaml"), text, TestContext.Current.CancellationToken);
    }

    private void Change(IDistributedApplicationTestingBuilder builder)
    {
        var idp = builder.Project("idp").WithEnvironment("Idp__ConfigFolder", _files.Folder)
            .WithEnvironment("Idp__Limits__PerAddress", NoLimit) // the doctor asks until it finds
            .WithEnvironment("Idp__Limits__PerClient", NoLimit);
        var issuer = idp.GetEndpoint("https");
        AddPortal(builder, OddPortal)
            .WithEnvironment("OIDC_ISSUER", issuer)
            .WithEnvironment("OIDC_SCOPES", "openid profile calendar.read")
            .WithEnvironment("Oidc__PushedAuthorization", "false")
            .WithEnvironment("Oidc__Pkce", "false")
            .WithEnvironment("Oidc__DPoP", "false")
            .WithEnvironment("DCR_IAT", "a-permission-that-nobody-gave")
            .WithEnvironment("DCR_CLIENT_PROFILE", "code-flow-pkjwt");
        AddPortal(builder, MisspeltPortal)
            .WithEnvironment("OIDC_ISSUER", ReferenceExpression.Create($"https://LOCALHOST:{issuer.Property(EndpointProperty.Port)}"))
            .WithEnvironment("DCR_IAT", "a-permission-that-nobody-gave")
            .WithEnvironment("DCR_CLIENT_PROFILE", "nobodys");
    }

    // A Redis database of its own: it shares no keys with the portal, as two BFFs that share no Redis.
    private IResourceBuilder<ProjectResource> AddPortal(IDistributedApplicationTestingBuilder builder, string name)
    {
        var cache = builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single());
        var protection = builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "data-protection-secret");
        var portal = builder.AddProject<Projects.Bff_Api>(name)
            .WithReference(cache)
            .WithReference(builder.Project("contacts-api"))
            .WithReference(builder.Project("spa"))
            .WithEnvironment("ConnectionStrings__cache", ReferenceExpression.Create($"{cache},defaultDatabase=1"))
            .WithEnvironment("DataProtection__Secret", builder.CreateResourceBuilder(protection))
            .WithEnvironment("Bff__Diagnostics__Key", _key)
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();
        return portal.WithEnvironment("Bff__PublicUrl", portal.GetEndpoint("https"));
    }
}

/// <summary>All tests of the doctor, since they share their topology.</summary>
[CollectionDefinition]
public sealed class DoctorTests : ICollectionFixture<DoctorTopology>;
