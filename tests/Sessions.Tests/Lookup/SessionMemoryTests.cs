using Platform.Sessions.Lookup;

namespace Platform.Sessions.Tests.Lookup;

public sealed class SessionMemoryTests : IDisposable
{
    private readonly SessionMemory _memory = new(capacity: 10);

    [Fact]
    public void Does_not_keep_what_ended_while_it_was_read()
    {
        var session = NewSession();
        var mark = _memory.Mark(session.Names);
        _memory.Forget(session.Key);

        _memory.Keep(session.Key, session, mark);

        Assert.Null(_memory.Find(session.Key));
    }

    [Fact]
    public void Does_not_keep_what_was_read_before_everything_was_forgotten()
    {
        var session = NewSession();
        var mark = _memory.Mark(session.Names);
        _memory.ForgetAll();

        _memory.Keep(session.Key, session, mark);

        Assert.Null(_memory.Find(session.Key));
    }

    [Fact]
    public void Keeps_what_was_read_undisturbed()
    {
        var session = NewSession();

        _memory.Keep(session.Key, session, _memory.Mark(session.Names));

        Assert.Same(session, _memory.Find(session.Key));
    }

    [Fact]
    public void Keeps_no_more_than_it_may()
    {
        foreach (var session in Enumerable.Range(0, 100).Select(_ => NewSession()).ToArray())
        {
            _memory.Keep(session.Key, session, _memory.Mark(session.Names));
        }

        Assert.InRange(_memory.Count, 0, 10);
    }

    public void Dispose() => _memory.Dispose();

    private static LiveSession NewSession()
    {
        var now = TimeProvider.System.GetUtcNow();
        var record = new SessionRecord { Issuer = "https://idp.test", Subject = "ada", ExpiresAt = now + TimeSpan.FromHours(1) };
        return new(Guid.NewGuid().ToString(), record, new SessionTokens(), 0, now);
    }
}
