using Aspire.Hosting;

namespace Platform.Hosting.Tests.Model;

public sealed class LaunchProfilesTests
{
    private static readonly LaunchSettings Settings = new()
    {
        Profiles = new()
        {
            ["IIS Express"] = new() { CommandName = "IISExpress" },
            ["http"] = new() { CommandName = "Project" },
            ["https"] = new() { CommandName = "Project" }
        }
    };

    [Fact]
    public void Takes_the_first_that_starts_the_project() =>
        Assert.Equal("http", LaunchProfiles.Choose(Settings, asked: null, appHostProfile: null, "/p/P.csproj")!.Value.Name);

    [Fact]
    public void Takes_the_AppHosts_own_when_the_project_has_it() =>
        Assert.Equal("https", LaunchProfiles.Choose(Settings, asked: null, appHostProfile: "https", "/p/P.csproj")!.Value.Name);

    [Fact]
    public void Takes_the_first_when_the_project_does_not_have_the_AppHosts() =>
        Assert.Equal("http", LaunchProfiles.Choose(Settings, asked: null, appHostProfile: "other", "/p/P.csproj")!.Value.Name);

    [Fact]
    public void Refuses_a_profile_that_is_not_there() =>
        Assert.Equal(
            "/p/Properties/launchSettings.json has no profile 'nope'.",
            Assert.Throws<DistributedApplicationException>(() => LaunchProfiles.Choose(Settings, "nope", null, "/p/P.csproj")).Message);

    [Fact]
    public void Expands_variables_that_are_set_and_leaves_the_others()
    {
        var path = Environment.GetEnvironmentVariable("PATH");

        Assert.Equal($"<{path}> %NO_SUCH_VARIABLE%", LaunchProfiles.Expand("<%PATH%> %NO_SUCH_VARIABLE%"));
    }

    [Fact]
    public void Splits_arguments_as_a_shell_would() =>
        Assert.Equal(["--a", "two words", "", "c"], CommandLine.Split("--a \"two words\"  \"\" c"));
}
