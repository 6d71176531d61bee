using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Bodies;

/// <summary>A portal with small limits, impatient routes, and services that are away.</summary>
public sealed class BodiesPortal : Portal
{
    public const int Limit = 10_000;
    public const int LimitOfRoute = 20_000;

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Bff:Limits:RequestBody"] = $"{Limit}";
        settings["Bff:Limits:Silence"] = "00:00:00.5";
        settings["Bff:Limits:StreamSilence"] = "00:05:00";
        Add(settings, "upload", "contacts-api");
        Add(settings, "large", "contacts-api");
        settings["ReverseProxy:Routes:large:MaxRequestBodySize"] = $"{LimitOfRoute}";
        Add(settings, "patient", "contacts-api", ("Streams", "events"));
        Add(settings, "away", "away");
        settings["ReverseProxy:Clusters:away:Destinations:one:Address"] = Nobody;
        Add(settings, "half", "half");
        settings["ReverseProxy:Clusters:half:LoadBalancingPolicy"] = "FirstAlphabetical";
        settings["ReverseProxy:Clusters:half:Destinations:a:Address"] = Nobody;
        settings["ReverseProxy:Clusters:half:Destinations:b:Address"] = Contacts.Address;
        return settings;
    }

    // The port of a service that nobody runs.
    private const string Nobody = "http://127.0.0.1:9";

    private static void Add(Dictionary<string, string> settings, string name, string cluster, params (string, string)[] metadata)
    {
        SourcesPortal.AddRoute(settings, name, metadata);
        settings[$"ReverseProxy:Routes:{name}:ClusterId"] = cluster;
        settings[$"ReverseProxy:Routes:{name}:Match:Methods:1"] = "POST";
        settings[$"ReverseProxy:Routes:{name}:Match:Methods:2"] = "HEAD";
    }
}
