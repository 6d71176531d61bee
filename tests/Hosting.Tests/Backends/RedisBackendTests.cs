using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backends;
using StackExchange.Redis;

namespace Platform.Hosting.Tests.Backends;

public sealed class RedisBackendTests : IDisposable
{
    private const string Password = """se"sa\me{1}""";
    private readonly BackendRun _run = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Serves_who_knows_the_password(string choice)
    {
        SkipUnlessPresent(choice);
        var context = _run.Context(Redis(), Choose(choice));
        var plan = await Backend().PrepareAsync(context, Cancellation);
        await _run.StartAsync(plan, context.TargetPort, Cancellation);

        Assert.Null(await RedisProbe.AskAsync(_run.Port, Password, Cancellation));
        Assert.Contains("AUTH", await RedisProbe.AskAsync(_run.Port, "wrong", Cancellation), StringComparison.Ordinal);
        Assert.Contains("NOAUTH", await RedisProbe.AskAsync(_run.Port, null, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Keeps_what_was_written_over_a_kill_when_persistence_is_asked(string choice)
    {
        SkipUnlessPresent(choice);
        var redis = Redis();
        redis.Annotations.Add(new PersistenceAnnotation(null, 1));
        await WriteAndKillAsync(redis, choice);

        using var connection = await RestartAsync(redis, choice);
        Assert.Equal("value", await connection.GetDatabase().StringGetAsync("key"));
    }

    [Fact]
    public async Task Keeps_nothing_unless_asked()
    {
        SkipUnlessPresent("redis-server");
        var redis = Redis();
        await WriteAndKillAsync(redis, "redis-server");

        using var connection = await RestartAsync(redis, "redis-server");
        Assert.True((await connection.GetDatabase().StringGetAsync("key")).IsNull);
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Runs_scripts(string choice)
    {
        SkipUnlessPresent(choice);
        using var connection = await RestartAsync(Redis(), choice);
        var result = await connection.GetDatabase().ScriptEvaluateAsync(
            "redis.call('SET', KEYS[1], ARGV[1]); return redis.call('GET', KEYS[1])", ["script"], ["ran"]);
        Assert.Equal("ran", (string?)result);
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Ends_on_a_signal(string choice)
    {
        SkipUnlessPresent(choice);
        var context = _run.Context(Redis(), Choose(choice));
        var process = await _run.StartAsync(await Backend().PrepareAsync(context, Cancellation), context.TargetPort, Cancellation);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.HasExited);
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Shows_the_password_to_nobody_else(string choice)
    {
        SkipUnlessPresent(choice);
        var plan = await Backend().PrepareAsync(_run.Context(Redis(), Choose(choice)), Cancellation);
        Assert.DoesNotContain(plan.Arguments, argument => argument.Contains("sesa", StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Said, line => line.Contains("sesa", StringComparison.Ordinal));
        var mode = File.GetUnixFileMode(plan.Arguments[^1]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task Takes_Garnet_where_there_is_no_redis_server_and_says_what_it_cannot_do()
    {
        SkipUnlessPresent("garnet");
        var plan = await new RedisBackend(_ => null).PrepareAsync(_run.Context(Redis()), Cancellation);
        Assert.StartsWith("Garnet", plan.Description, StringComparison.Ordinal);
        Assert.Contains("no streams", Assert.Single(_run.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_to_get_the_redis_server_that_was_asked_for()
    {
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            new RedisBackend(_ => null).PrepareAsync(_run.Context(Redis(), Choose("redis-server")), Cancellation));
        Assert.Contains("apt-get install redis-server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_choice_that_it_does_not_know()
    {
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            Backend().PrepareAsync(_run.Context(Redis(), Choose("valkey")), Cancellation));
        Assert.Contains("'valkey'", refused.Message, StringComparison.Ordinal);
    }

    private static RedisBackend Backend() => new(BackendRun.OnPath);

    private static RedisResource Redis() => new("cache", new ParameterResource("cache-password", _ => Password, secret: true));

    private static Dictionary<string, string?> Choose(string choice) => new() { ["Hosting:Redis"] = choice };

    private static void SkipUnlessPresent(string choice) => Assert.SkipUnless(
        choice == "garnet" ? File.Exists(Garnet.Program()) : BackendRun.OnPath("redis-server") is not null,
        choice == "garnet" ? $"garnet-server {Garnet.Version} was not downloaded: dotnet tool exec garnet-server@{Garnet.Version}" : "redis-server is not on the PATH");

    private async Task WriteAndKillAsync(RedisResource redis, string choice)
    {
        var context = _run.Context(redis, Choose(choice));
        var process = await _run.StartAsync(await Backend().PrepareAsync(context, Cancellation), context.TargetPort, Cancellation);
        using var connection = await ConnectAsync();
        await connection.GetDatabase().StringSetAsync("key", "value");
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    private async Task<ConnectionMultiplexer> RestartAsync(RedisResource redis, string choice)
    {
        var context = _run.Context(redis, Choose(choice));
        await _run.StartAsync(await Backend().PrepareAsync(context, Cancellation), context.TargetPort, Cancellation);
        return await ConnectAsync();
    }

    private Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(
        new ConfigurationOptions { EndPoints = { { "127.0.0.1", _run.Port } }, Password = Password });
}
