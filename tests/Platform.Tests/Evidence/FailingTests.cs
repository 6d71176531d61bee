using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing;
using Platform.Testing.Secrets;
using Platform.Tests.Dashboard;
using Platform.Tests.Topology;

namespace Platform.Tests.Evidence;

/// <summary>They fail on purpose, and run only in a process of <see cref="EvidenceTests"/>.</summary>
public sealed class FailingTests(SharedTopology shared)
{
    public const string Secret = "a-secret-of-the-application";
    public const string Learnt = "a-secret-that-the-test-learnt";

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [OnPurpose]
    public async Task On_the_shared_topology()
    {
        using var person = new HttpUserAgent(shared.Running);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);
        using var dashboard = new DashboardTelemetry(shared.Running.App.Services.GetRequiredService<IConfiguration>());
        if (dashboard.IsThere)
        {
            await Eventually.BecomesTrueAsync(async () => await dashboard.FindTraceAsync(["sign-in callback"], _cancelled) is not null, _cancelled);
        }

        Assert.Fail("on purpose");
    }

    [OnPurpose]
    public async Task On_a_topology_of_its_own_that_has_ended_by_then()
    {
        await using var application = await StartAsync($"echo {Secret}; echo {Learnt} >&2; exec sleep 1000");

        Assert.Fail($"on purpose, with {Learnt}");
    }

    [OnPurpose]
    public async Task On_a_topology_that_does_not_start()
    {
        await using var application = await StartBrokenAsync();
    }

    [OnPurpose]
    public async Task Not()
    {
        await using var application = await StartAsync("exec sleep 1000");
    }

    /// <summary>A start that fails, however fast the machine is: what waits for a task waits for its success.</summary>
    internal static async Task<WatchedApplication> StartBrokenAsync()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var tool = builder.AddExecutable("tool", "sh", "/", "-c", "echo its last words; exit 3");
        builder.AddExecutable("after", "sleep", "/", "1000").WaitForCompletion(tool);
        return await StartAsync(builder, new KnownSecrets(), _ => Task.CompletedTask);
    }

    internal static Task<WatchedApplication> StartAsync(string script)
    {
        var builder = DistributedApplicationTestingBuilder.Create($"--Parameters:word={Secret}");
        builder.AddExecutable("tool", "sh", "/", "-c", script).WithEnvironment("WORD", builder.AddParameter("word", secret: true));
        var secrets = new KnownSecrets();
        secrets.Add(Learnt);
        return StartAsync(builder, secrets, async app => await app.ResourceNotifications.WaitForResourceAsync("tool", KnownResourceStates.Running, TestContext.Current.CancellationToken));
    }

    private static async Task<WatchedApplication> StartAsync(
        IDistributedApplicationTestingBuilder builder, KnownSecrets secrets, Func<DistributedApplication, Task> ready)
    {
        var application = await WatchedApplication.BuildAsync(builder, secrets, TestContext.Current.CancellationToken);
        return await application.StartAsync(ready, TestContext.Current.CancellationToken);
    }
}

/// <summary>A test that never runs, since what it runs on does not start.</summary>
public sealed class FailingFixtureTests(FailingFixtureTests.Broken broken) : IClassFixture<FailingFixtureTests.Broken>
{
    [OnPurpose]
    public void On_a_fixture_that_does_not_start() => Assert.NotNull(broken);

    public sealed class Broken : IAsyncLifetime
    {
        private WatchedApplication? _application;

        public async ValueTask InitializeAsync() => _application = await FailingTests.StartBrokenAsync();

        public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

/// <summary>A test that never runs, since its fixture fails after the start.</summary>
public sealed class FailingLaterTests(FailingLaterTests.Unready unready) : IClassFixture<FailingLaterTests.Unready>
{
    [OnPurpose]
    public void On_a_fixture_that_fails_after_the_start() => Assert.NotNull(unready);

    public sealed class Unready : IAsyncLifetime
    {
        private WatchedApplication? _application;

        public async ValueTask InitializeAsync()
        {
            _application = await FailingTests.StartAsync("echo started; exec sleep 1000");
            Assert.Fail("on purpose");
        }

        public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
