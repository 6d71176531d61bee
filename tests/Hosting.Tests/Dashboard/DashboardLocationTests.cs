using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class DashboardLocationTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dashboard-location-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Takes_the_one_that_is_set()
    {
        var program = Install("elsewhere");
        Install("repository", ".platform", "aspire");
        Assert.Equal(new DashboardLocation.Found(program), Find(program));
    }

    [Fact]
    public void Names_a_setting_that_leads_nowhere()
    {
        Install("repository", ".platform", "aspire");
        var missing = Assert.IsType<DashboardLocation.Missing>(Find("/nowhere/aspire-managed"));
        Assert.Contains("Hosting:DashboardPath is /nowhere/aspire-managed", missing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefers_the_one_of_the_repository_to_that_of_the_user()
    {
        Install("home", ".aspire");
        var program = Install("repository", ".platform", "aspire");
        Assert.Equal(new DashboardLocation.Found(program), Find());
    }

    [Fact]
    public void Takes_that_of_the_user() => Assert.Equal(new DashboardLocation.Found(Install("home", ".aspire")), Find());

    [Fact]
    public void Says_how_to_get_one() =>
        Assert.Contains("`./platform` brings it", Assert.IsType<DashboardLocation.Missing>(Find()).Reason, StringComparison.Ordinal);

    // The AppHost starts what is for the dashboard by it.
    [Fact]
    public void The_dashboards_key_is_there_while_the_application_is_described_if_the_dashboard_is()
    {
        Assert.Null(KeyWith("/nowhere/aspire-managed"));
        Assert.NotNull(KeyWith(Install("elsewhere")));

        static string? KeyWith(string program) => DistributedApplicationTestingBuilder
            .Create([$"--Hosting:DashboardPath={program}"], (options, _) => options.DisableDashboard = false)
            .Configuration["AppHost:DashboardApiKey"];
    }

    private DashboardLocation Find(string? setting = null) => DashboardLocation.Find(
        new ConfigurationBuilder().AddInMemoryCollection([new("Hosting:DashboardPath", setting)]).Build(),
        Path.Combine(_root.FullName, "repository", "AppHost"), Path.Combine(_root.FullName, "home"));

    private string Install(params string[] folders)
    {
        var folder = Directory.CreateDirectory(Path.Combine([_root.FullName, .. folders, "bundle", "managed"]));
        var program = Path.Combine(folder.FullName, "aspire-managed");
        File.WriteAllText(program, "");
        return program;
    }
}
