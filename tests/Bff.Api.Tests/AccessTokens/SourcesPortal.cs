using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

/// <summary>A portal of two replicas with a route for each source of tokens.</summary>
public class SourcesPortal : Portal, IAsyncLifetime
{
    public const string ApiKey = "a-key-that-only-the-API-and-we-know";

    internal BffReplica SecondReplica { get; private set; } = null!;

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Secrets.Add(ApiKey);
        SecondReplica = await AddReplicaAsync();
    }

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Sessions:IdleLifetime"] = "12:00:00";
        settings["Bff:ApiKeys:billing:Header"] = "X-Billing-Key";
        settings["Bff:ApiKeys:billing:Value"] = ApiKey;
        settings["Bff:IdentityHeaders:Clusters:0"] = "contacts-api";
        AddRoute(settings, "exchange", ("Token", "exchange"), ("Audience", "one"), ("Scope", "read"));
        AddRoute(settings, "exchange-two", ("Token", "exchange"), ("Audience", "two"));
        AddRoute(settings, "client", ("Token", "client"), ("Audience", "one"));
        AddRoute(settings, "client-too", ("Token", "client"), ("Audience", "one"));
        AddRoute(settings, "client-two", ("Token", "client"), ("Audience", "two"));
        AddRoute(settings, "open", ("Token", "client"), ("Audience", "open"), ("Access", "public"));
        AddRoute(settings, "signed", ("Token", "jwt-bearer"), ("Assertion", "signed"), ("Scope", "read"));
        AddRoute(settings, "id-token", ("Token", "jwt-bearer"), ("Assertion", "id-token"));
        AddRoute(settings, "api-key", ("Token", "api-key"), ("ApiKey", "billing"));
        AddRoute(settings, "none", ("Token", "none"));
        AddRoute(settings, "headers", ("Token", "headers"));
        return settings;
    }

    internal static void AddRoute(Dictionary<string, string> settings, string name, params (string Name, string Value)[] metadata)
    {
        var route = $"ReverseProxy:Routes:{name}";
        settings[$"{route}:ClusterId"] = "contacts-api";
        settings[$"{route}:Match:Path"] = $"/api/{name}";
        settings[$"{route}:Match:Methods:0"] = "GET";
        foreach (var (member, value) in metadata)
        {
            settings[$"{route}:Metadata:{member}"] = value;
        }
    }
}

/// <summary>The same where tokens are bound to a key, as they are without being told otherwise.</summary>
public sealed class BoundSourcesPortal : SourcesPortal
{
    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings.Remove("Oidc:DPoP");
        return settings;
    }
}
