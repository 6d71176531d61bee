using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Platform.Sessions.Tests;

public sealed class SessionStoreTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    [Fact]
    public async Task Finds_what_it_created()
    {
        var record = sessions.Record();

        var handle = await sessions.CreateAsync(record);

        Assert.Equal(record, await sessions.FindAsync(handle));
    }

    [Fact]
    public async Task Gives_every_session_a_handle_of_256_bits_of_its_own()
    {
        var record = sessions.Record();

        var first = await sessions.CreateAsync(record);
        var second = await sessions.CreateAsync(record);

        Assert.NotEqual(first, second);
        Assert.Equal(43, first.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    public async Task Finds_nothing_under_a_handle_that_it_never_gave(string handle) =>
        Assert.Null(await sessions.FindAsync(handle));

    [Fact]
    public async Task Ends_a_session_and_leaves_nothing_of_it()
    {
        var record = sessions.Record();
        var handle = await sessions.CreateAsync(record);

        await sessions.EndAsync(handle);
        await sessions.EndAsync(handle);

        Assert.Null(await sessions.FindAsync(handle));
        Assert.DoesNotContain(KeysOf(), key => key.Contains(record.Subject, StringComparison.Ordinal));
        Assert.DoesNotContain(KeysOf(), key => key.Contains(record.SessionId!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_other_sessions_of_a_user_when_one_ends()
    {
        var record = sessions.Record();
        var ended = await sessions.CreateAsync(record);
        var kept = await sessions.CreateAsync(record);

        await sessions.EndAsync(ended);

        Assert.NotNull(await sessions.FindAsync(kept));
    }

    [Fact]
    public async Task Finds_no_session_that_has_expired()
    {
        using var own = new SessionsFixture();
        var handle = await own.CreateAsync(own.Record());

        own.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await own.FindAsync(handle));
    }

    [Fact]
    public async Task Gives_everything_that_it_writes_an_end()
    {
        await sessions.CreateAsync(sessions.Record());
        await sessions.RevokeAsync(subject: "somebody");
        await sessions.RevokeAsync(sessionId: "some-session");

        Assert.All(KeysOf(), key => Assert.NotNull(sessions.Redis.GetDatabase().KeyTimeToLive(key)));
    }

    [Fact]
    public async Task Cuts_a_session_to_the_longest_lifetime()
    {
        var record = sessions.Record() with { ExpiresAt = sessions.Clock.GetUtcNow() + TimeSpan.FromDays(400) };

        var found = await sessions.FindAsync(await sessions.CreateAsync(record));

        Assert.Equal(sessions.Clock.GetUtcNow() + TimeSpan.FromDays(1), found!.ExpiresAt);
    }

    [Fact]
    public async Task Forgets_expired_sessions_of_a_user_in_the_index()
    {
        using var own = new SessionsFixture();
        var record = own.Record();
        await own.CreateAsync(record);
        own.Clock.Advance(TimeSpan.FromHours(2));

        await own.CreateAsync(record with { ExpiresAt = own.Clock.GetUtcNow() + TimeSpan.FromHours(1) });

        var index = SessionKeys.OfSubject(SessionsFixture.Issuer, record.Subject);
        Assert.Equal(1, own.Redis.GetDatabase().SortedSetLength(index));
    }

    [Fact]
    public async Task Leaves_neither_handle_nor_token_nor_name_in_a_dump_of_Redis()
    {
        var handle = await sessions.CreateAsync(sessions.Record());
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(handle);

        foreach (var key in KeysOf())
        {
            var value = sessions.Redis.GetDatabase().KeyDump(key)!;
            foreach (var telltale in (string[])[handle, "the-access-token", "the-id-token", "Ada Lovelace", "ada@example.com"])
            {
                Assert.DoesNotContain(telltale, key, StringComparison.Ordinal);
                Assert.Equal(-1, value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(telltale)));
            }

            Assert.Equal(-1, value.AsSpan().IndexOf(secret));
        }
    }

    [Fact]
    public async Task Takes_a_record_that_was_moved_to_another_session_for_none()
    {
        var mine = await sessions.CreateAsync(sessions.Record());
        var other = await sessions.CreateAsync(sessions.Record());
        var database = sessions.Redis.GetDatabase();

        var foreign = database.HashGet(SessionKeys.Session(SessionStore.KeyOf(other)), "data");
        database.HashSet(SessionKeys.Session(SessionStore.KeyOf(mine)), "data", foreign);

        Assert.Null(await sessions.FindAsync(mine));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29)]
    [InlineData(200)]
    public async Task Takes_corrupt_data_for_no_session(int length)
    {
        var handle = await sessions.CreateAsync(sessions.Record());
        var noise = RandomNumberGenerator.GetBytes(length);
        sessions.Redis.GetDatabase().HashSet(SessionKeys.Session(SessionStore.KeyOf(handle)), "data", noise);

        Assert.Null(await sessions.FindAsync(handle));
    }

    [Fact]
    public async Task Takes_a_record_of_an_unknown_version_for_no_session()
    {
        var handle = await sessions.CreateAsync(sessions.Record());
        RedisKey key = SessionKeys.Session(SessionStore.KeyOf(handle));
        byte[] box = sessions.Redis.GetDatabase().HashGet(key, "data")!;
        box[0]++;
        sessions.Redis.GetDatabase().HashSet(key, "data", box);

        Assert.Null(await sessions.FindAsync(handle));
    }

    [Fact]
    public async Task Goes_on_after_Redis_has_forgotten_its_scripts()
    {
        await sessions.CreateAsync(sessions.Record());
        await sessions.Redis.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.NotNull(await sessions.FindAsync(await sessions.CreateAsync(sessions.Record())));
    }

    private IEnumerable<string> KeysOf() =>
        sessions.Redis.GetServer(sessions.ConnectionString).Keys().Select(key => (string)key!);
}
