using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

/// <summary>A portal of two replicas, with routes to two more audiences.</summary>
public class RefreshingPortal : Portal, IAsyncLifetime
{
    internal BffReplica SecondReplica { get; private set; } = null!;

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        SecondReplica = await AddReplicaAsync();
    }

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Sessions:IdleLifetime"] = "12:00:00";
        foreach (var audience in new[] { "one", "two" })
        {
            SourcesPortal.AddRoute(settings, audience, ("Audience", audience));
        }

        return settings;
    }
}
