using System.Text;

namespace Platform.Tests.Faults;

/// <summary>Events that come twice, in another order, from a clock that is wrong, or that are none.</summary>
[Collection(typeof(FaultTests))]
public sealed class EventTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    [Fact(Timeout = 120_000)]
    public async Task Duplicate_and_reordered_events_end_what_began_before_the_last_of_them_and_nothing_else()
    {
        const int People = 20;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var people = new SurvivingSessions(topology);
        var messages = new List<(int Person, byte[] Set)>();
        for (var person = 0; person < People; person++)
        {
            for (var browser = 0; browser < 6; browser++)
            {
                await people.SignInAsync(person, AMomentAgo(random), _cancelled);
            }

            var happened = Enumerable.Range(0, 3).Select(_ => AMomentAgo(random)).ToList();
            foreach (var set in happened.Select(at => topology.Transmitter.SessionRevoked(people.SubjectOf(person), at)))
            {
                messages.AddRange([(person, set), (person, set), (person, set)]);
            }

            people.MustHaveEnded(person, happened.Max());
        }

        var shuffled = messages.ToArray();
        random.Shuffle(shuffled);
        foreach (var (person, set) in shuffled)
        {
            await topology.Transmitter.PublishAsync(people.SubjectOf(person), set, _cancelled);
        }

        await people.AreRightAsync(_cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_provider_whose_clock_is_wrong_ends_sessions_and_locks_nobody_out()
    {
        const int Ahead = 0, Behind = 1, FarAhead = 2;
        var people = await SurvivingSessions.SignInAsync(topology, people: 4, _cancelled);
        await SendAsync(Ahead, _now.AddSeconds(30));
        await SendAsync(Behind, _now.AddHours(-3), happenedAt: _now);
        await SendAsync(FarAhead, _now.AddHours(1));
        people.MustHaveEnded(Ahead);
        people.MustHaveEnded(Behind);

        var refused = topology.Transmitter.DeadLettersOf([people.SubjectOf(FarAhead)])[people.SubjectOf(FarAhead)];
        Assert.Equal("invalid_request", refused.Error);
        await people.AreRightAsync(_cancelled);

        // Whoever signs in now is let in, though the provider's event is of a time to come.
        await people.SignInAsync(Ahead, TimeProvider.System.GetUtcNow(), _cancelled);
        await people.AreRightAsync(_cancelled);

        Task SendAsync(int person, DateTimeOffset at, DateTimeOffset? happenedAt = null) => topology.Transmitter.PublishAsync(
            people.SubjectOf(person), topology.Transmitter.SessionRevoked(people.SubjectOf(person), at, happenedAt), _cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task Poison_becomes_dead_letters_as_it_came_and_holds_up_no_revocation()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 10, _cancelled);
        var name = Guid.NewGuid().ToString("N");
        var good = topology.Transmitter.SessionRevoked(people.SubjectOf(9), _now);
        var poison = new Dictionary<string, byte[]?>
        {
            [$"{name}-nothing"] = null,
            [$"{name}-empty"] = [],
            [$"{name}-words"] = Encoding.UTF8.GetBytes("not a token"),
            [$"{name}-bytes"] = [0xff, 0xfe, 0x00, 0x80],
            [$"{name}-changed"] = [.. good[..^8], .. "AAAAAAAA"u8],
            [$"{name}-large"] = Encoding.UTF8.GetBytes(new string('a', 500_000)),
        };

        foreach (var (index, (key, message)) in poison.Index())
        {
            await topology.Transmitter.PublishAsync(key, message, _cancelled);
            await topology.Transmitter.PublishAsync(key, topology.Transmitter.SessionRevoked(people.SubjectOf(index), _now), _cancelled);
            people.MustHaveEnded(index);
        }

        var letters = topology.Transmitter.DeadLettersOf(poison.Keys);
        Assert.All(poison, sent => Assert.Equal(sent.Value, letters[sent.Key].Message));
        Assert.All(letters.Values, letter => Assert.StartsWith("invalid_", letter.Error, StringComparison.Ordinal));
        Assert.All(letters.Values, letter => Assert.NotEmpty(letter.Reason));
        await people.AreRightAsync(_cancelled);
    }

    // Within the last hour, in whole seconds as auth_time and event_timestamp are.
    private DateTimeOffset AMomentAgo(Random random) => _now.AddSeconds(-random.Next(60, 3600));
}
