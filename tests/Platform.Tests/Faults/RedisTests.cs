using System.Diagnostics;
using System.Net;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

public sealed class RedisTests
{
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(2);

    // Whoever waits for Redis gives up in time to say so.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    [Fact(Timeout = 180_000)]
    public async Task Redis_away_for_five_seconds_under_load_signs_nobody_out_and_nobody_in()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var topology = await RunningTopology.StartAsync("--Hosting:RestartDelay=5");
        using var ada = new HttpUserAgent(topology);
        using var adaPage = await ada.SignInAsync(User.Ada.Username, User.Ada.Password, cancelled);
        using var grace = new HttpUserAgent(topology);
        using var gracePage = await grace.SignInAsync(User.Grace.Username, User.Grace.Password, cancelled);
        using var late = new HttpUserAgent(topology);
        using var callback = await late.SignInUntilCallbackAsync(User.Grace.Username, User.Grace.Password, cancelled);
        await RevokeAsync(topology, grace, cancelled);

        await using var session = PersistentCaller.Start(ada, "/auth/session", cancelled);
        await using var contacts = PersistentCaller.Start(ada, "/api/contacts", cancelled);
        await using var revoked = PersistentCaller.Start(grace, "/auth/session", cancelled);
        PersistentCaller[] callers = [session, contacts, revoked];
        await Task.WhenAll(callers.Select(caller => caller.GetsAsync(Usual(caller), times: 5, cancelled)));
        var back = await CrashRedisAsync(topology, cancelled);
        await Task.WhenAll(callers.Select(caller => caller.GetsAsync(Usual(caller), times: 20, cancelled)));

        foreach (var caller in callers)
        {
            Assert.All(caller.Answers, answer => Assert.True(
                answer.Status == Usual(caller) || answer is { Status: HttpStatusCode.ServiceUnavailable, SaysWhen: true }, $"{answer}"));
            Assert.All(caller.Answers, answer => Assert.False(answer.TouchesCookies));
            Assert.All(caller.Answers, answer => Assert.True(answer.Took < AnswersWithin, $"{answer}"));
            var away = caller.Answers.Where(answer => answer.Status is HttpStatusCode.ServiceUnavailable).ToList();
            Assert.NotEmpty(away);
            Assert.True(Stopwatch.GetElapsedTime(back, away[^1].At) < RecoversWithin,
                $"It took {Stopwatch.GetElapsedTime(back, away[^1].At).TotalSeconds:0.0} s after Redis was back.");
        }

        using var refused = await late.GetAsync(callback.Headers.Location!.AbsoluteUri, cancelled);
        Assert.NotEqual(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Null(await late.SessionAsync(cancelled));

        HttpStatusCode Usual(PersistentCaller caller) => caller == revoked ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
    }

    private static async Task RevokeAsync(RunningTopology topology, HttpUserAgent person, CancellationToken cancellationToken)
    {
        var subject = (await person.SessionAsync(cancellationToken))!.Value.GetProperty("subject").GetString()!;
        await topology.Administrator.RevokeUserAsync(subject, cancellationToken);
        await Eventually.BecomesTrueAsync(async () => await person.SessionAsync(cancellationToken) is null, cancellationToken);
    }

    /// <summary>Kills Redis, which the topology starts again; answers when its new process has begun.</summary>
    private static async Task<long> CrashRedisAsync(RunningTopology topology, CancellationToken cancellationToken)
    {
        const string Cache = "cache";
        var id = await topology.ProcessIdOfAsync(Cache, cancellationToken);
        using var redis = Process.GetProcessById(id);
        redis.Kill();
        await redis.WaitForExitAsync(cancellationToken);
        var died = Stopwatch.GetTimestamp();
        await Eventually.BecomesTrueAsync(
            async () => await topology.ProcessIdOfAsync(Cache, cancellationToken) != id, cancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(died) > TimeSpan.FromSeconds(4.5));
        return Stopwatch.GetTimestamp();
    }
}
