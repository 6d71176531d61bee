using Platform.Tests.Browser;

namespace Platform.Tests.Topology;

/// <summary>The whole way, from sign-in to revocation, with each Redis and each Kafka that the engine can start, with TLS and without.</summary>
public sealed class BackendTests(Chromium chromium)
{
    [Theory(Timeout = 180_000)]
    [InlineData("redis-server", "memory")]
    [InlineData("garnet", "apache")]
    [InlineData("redis-server", "apache")]
    [InlineData("garnet", "memory", "http")]
    public async Task A_person_signs_in_and_is_signed_out_by_a_revocation(string redis, string kafka, string profile = "https")
    {
        Assert.SkipWhen(redis is "redis-server" && !IsOnPath("redis-server"), "redis-server is not on the PATH.");
        Assert.SkipWhen(kafka is "apache" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HOME")), "KAFKA_HOME is not set.");
        await using var topology = await RunningTopology.StartAsync(
            $"--Hosting:Redis={redis}", $"--Hosting:Kafka={kafka}", $"--AppHost:DefaultLaunchProfileName={profile}");
        Assert.StartsWith($"{profile}://", topology.Portal, StringComparison.Ordinal);
        Assert.StartsWith($"{profile}://", topology.Issuer, StringComparison.Ordinal);
        await using var portal = await PortalPage.OpenAsync(chromium, topology);
        await portal.SignInAsync(User.Ada);
        await portal.Contacts.First.WaitForAsync();
        await portal.IsLiveAsync();

        await portal.IsSignedOutByRevocationAsync(topology, within: null, TestContext.Current.CancellationToken);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
