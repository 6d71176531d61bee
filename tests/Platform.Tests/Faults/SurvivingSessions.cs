using System.Net;
using System.Net.Sockets;
using Platform.Sessions;
using Platform.Testing;

namespace Platform.Tests.Faults;

/// <summary>People who are signed in, who of them must not be any more, and whether every replica sees it so.</summary>
internal sealed class SurvivingSessions(FaultTopology topology)
{
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly List<Browser> _browsers = [];

    private sealed record Browser(string Subject, string SessionId, string Handle, DateTimeOffset AuthenticatedAt)
    {
        public bool MustHaveEnded { get; set; }
    }

    /// <summary>So many people, each signed in in two browsers a minute ago, on every replica.</summary>
    public static async Task<SurvivingSessions> SignInAsync(FaultTopology topology, int people, CancellationToken cancellationToken)
    {
        var sessions = new SurvivingSessions(topology);
        var aMinuteAgo = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await topology.RedisAnswersAsync(cancellationToken);
        for (var person = 0; person < people; person++)
        {
            await sessions.SignInAsync(person, aMinuteAgo, cancellationToken);
            await sessions.SignInAsync(person, aMinuteAgo, cancellationToken);
        }

        await sessions.AreRightAsync(cancellationToken);
        return sessions;
    }

    public string SubjectOf(int person) => $"{_name}-{person}";

    /// <summary>One more browser of a person, as the callback of a sign-in leaves it.</summary>
    public async Task SignInAsync(int person, DateTimeOffset authenticatedAt, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var record = new SessionRecord
        {
            Issuer = topology.Running.Issuer,
            Subject = SubjectOf(person),
            SessionId = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
            AuthenticatedAt = authenticatedAt,
            ExpiresAt = now.AddHours(1),
        };
        var created = await new SessionStore(topology.Redis, TimeProvider.System).CreateAsync(record, new(), cancellationToken);
        _browsers.Add(new(record.Subject, record.SessionId, Assert.IsType<SessionCreation.Created>(created).Handle, authenticatedAt));
    }

    /// <summary>Ends all sessions of a person at the provider, which is asked until it has said yes.</summary>
    public async Task RevokeAsync(int person, CancellationToken cancellationToken)
    {
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    await topology.Running.Administrator.RevokeUserAsync(SubjectOf(person), cancellationToken);
                    return true;
                }
                catch (Exception away) when (away is HttpRequestException or SocketException) // the latter where a new connection is broken at once
                {
                    return false;
                }
            },
            cancellationToken);
        MustHaveEnded(person);
    }

    /// <summary>Ends the first session of a person, and no other of hers.</summary>
    public async Task RevokeFirstAsync(int person, CancellationToken cancellationToken)
    {
        var first = _browsers.First(browser => browser.Subject == SubjectOf(person));
        await topology.Running.Administrator.RevokeSessionAsync(first.Subject, first.SessionId, cancellationToken);
        first.MustHaveEnded = true;
    }

    public async Task RevokeAsync(IEnumerable<int> people, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            await RevokeAsync(person, cancellationToken);
        }
    }

    /// <summary>The person's sessions that began until then; all of them that there are, if not given.</summary>
    public void MustHaveEnded(int person, DateTimeOffset? until = null)
    {
        foreach (var browser in _browsers.Where(browser => browser.Subject == SubjectOf(person)))
        {
            browser.MustHaveEnded |= until is null || browser.AuthenticatedAt <= until;
        }
    }

    /// <summary>On every replica: who must have been signed out is, before long, and nobody else.</summary>
    public async Task AreRightAsync(CancellationToken cancellationToken)
    {
        foreach (var replica in await PortalReplica.AllAsync(topology.Running, cancellationToken))
        {
            using (replica)
            {
                foreach (var ended in _browsers.Where(browser => browser.MustHaveEnded))
                {
                    await Eventually.BecomesTrueAsync(
                        async () => await replica.StatusAsync(ended.Handle, cancellationToken) is HttpStatusCode.Unauthorized,
                        cancellationToken);
                }

                foreach (var alive in _browsers.Where(browser => !browser.MustHaveEnded))
                {
                    Assert.Equal(HttpStatusCode.OK, await replica.StatusAsync(alive.Handle, cancellationToken));
                }
            }
        }
    }
}
