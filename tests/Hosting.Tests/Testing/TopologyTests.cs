using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Tests.Testing;

public sealed class TopologyTests(SampleTopology topology) : IClassFixture<SampleTopology>
{
    private DistributedApplication App => topology.App;

    [Theory(Timeout = Deadline.Milliseconds)]
    [InlineData("FROM_PROFILE", "^profile$")]
    [InlineData("OVERRIDDEN", "^model$")]
    [InlineData("SECRET", "^[A-Za-z0-9]{24}$")]
    [InlineData("DOTNET_LAUNCH_PROFILE", "^https$")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "^Development$")]
    [InlineData("ASPNETCORE_URLS", "^https://localhost:[0-9]+;http://localhost:[0-9]+$")]
    [InlineData("ConnectionStrings__cache", "^localhost:[0-9]+,password=[A-Za-z0-9]{22}$")]
    [InlineData("CACHE_HOST", "^localhost$")]
    [InlineData("CACHE_URI", "^redis://:[A-Za-z0-9]{22}@localhost:[0-9]+$")]
    [InlineData("OTEL_SERVICE_NAME", "^service$")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "^service.instance.id=[a-z]{8}$")]
    [InlineData("SSL_CERT_DIR", "^/.+/certs:/.+$")]
    public async Task A_project_gets_what_Aspire_would_give_it(string variable, string expected) =>
        Assert.Matches(expected, await topology.EnvironmentAsync("service", variable));

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_reference_carries_the_addresses_under_both_names()
    {
        var (https, http) = (App.GetEndpoint("service", "https"), App.GetEndpoint("service", "http"));

        Assert.Equal(https.OriginalString, await topology.EnvironmentAsync("caller", "services__service__https__0"));
        Assert.Equal(http.OriginalString, await topology.EnvironmentAsync("caller", "services__service__http__0"));
        Assert.Equal(https.OriginalString, await topology.EnvironmentAsync("caller", "SERVICE_HTTPS"));
        Assert.Equal($"{https.Port}", await topology.EnvironmentAsync("service", "ASPNETCORE_HTTPS_PORT"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Clients_and_services_trust_the_development_certificate()
    {
        using var direct = App.CreateHttpClient("service", "https");
        Assert.Equal("well", await direct.GetStringAsync("/health", Deadline.Token));

        using var caller = App.CreateHttpClient("caller");
        Assert.Equal("well", await caller.GetStringAsync($"/fetch?url={App.GetEndpoint("service", "https")}health", Deadline.Token));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Both_replicas_answer_behind_one_address()
    {
        Assert.Equal(2, (await ProcessIdsAsync(10)).Distinct().Count());
        Assert.Equal(2, StatesOf("service").Count(state => state.Snapshot.HealthStatus == HealthStatus.Healthy));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task The_address_keeps_answering_while_a_replica_restarts()
    {
        var before = await ProcessIdsAsync(4);
        var restart = App.ResourceCommands.ExecuteCommandAsync(
            StatesOf("service")[0].ResourceId, KnownResourceCommands.RestartCommand, Deadline.Token);

        while (!restart.IsCompleted)
        {
            await ProcessIdsAsync(1);
        }

        Assert.True((await restart).Success);
        Assert.Single((await ProcessIdsAsync(10)).Distinct().Except(before));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_replica_that_is_killed_comes_back()
    {
        var victim = (await ProcessIdsAsync(1))[0];
        Process.GetProcessById(int.Parse(victim, CultureInfo.InvariantCulture)).Kill();

        await App.ResourceNotifications.WaitForResourceAsync("service", change => change.Snapshot.ExitCode == 137, Deadline.Token);
        await App.ResourceNotifications.WaitForResourceHealthyAsync("service", Deadline.Token);

        var now = await ProcessIdsAsync(10);
        Assert.Equal(2, now.Distinct().Count());
        Assert.DoesNotContain(victim, now);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Another_topology_at_the_same_time_has_addresses_secrets_and_data_of_its_own()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(["--Extra=1"], Deadline.Token);
        Assert.Equal("1", builder.Configuration["Extra"]);
        await using var other = await builder.BuildAsync(Deadline.Token);
        await other.StartAsync(Deadline.Token);

        Assert.NotEqual(App.GetEndpoint("service"), other.GetEndpoint("service"));
        Assert.NotEqual(
            await App.GetConnectionStringAsync("cache", Deadline.Token), await other.GetConnectionStringAsync("cache", Deadline.Token));
        using var client = other.CreateHttpClient("service");
        Assert.NotEqual(await topology.EnvironmentAsync("service", "SECRET"), await client.GetStringAsync("/environment/SECRET", Deadline.Token));
        Assert.False(Directory.Exists(Path.Combine(builder.AppHostDirectory, ".platform")));
    }

    [Fact]
    public void Says_what_there_is_when_a_name_is_wrong()
    {
        Assert.StartsWith(
            "There is no resource 'servce'. There are: secret, cache, sleeper, service, caller.",
            Assert.Throws<ArgumentException>(() => App.GetEndpoint("servce")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Resource 'service' has no endpoint 'grpc'. It has: https, http.",
            Assert.Throws<ArgumentException>(() => App.GetEndpoint("service", "grpc")).Message, StringComparison.Ordinal);
    }

    private System.Collections.Immutable.ImmutableArray<ResourceEvent> StatesOf(string name) =>
        App.ResourceNotifications.StatesOf(topology.Builder.Resources.Single(resource => resource.Name == name));

    private async Task<List<string>> ProcessIdsAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            // A client of its own, and so a connection: a connection stays with its replica.
            using var client = new HttpClient { BaseAddress = App.GetEndpoint("service", "http") };
            ids.Add(await client.GetStringAsync("/process", Deadline.Token));
        }

        return ids;
    }
}
