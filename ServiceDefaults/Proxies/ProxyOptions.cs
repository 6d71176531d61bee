using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Proxies;

/// <summary>Who stands in front of a service; in the section that the service is configured by.</summary>
public sealed class ProxyOptions
{
    /// <summary>Networks of the proxies whose X-Forwarded-For, -Proto and -Host are believed. None unless listed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>The same, an IPv4 network in IPv6 notation (::ffff:10.0.0.0/104) as the IPv4 network that it is.</summary>
    public IEnumerable<IPNetwork> Networks() => TrustedProxies.Select(network => IPNetwork.Parse(network)).Select(network =>
        network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= 96 }
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)
            : network);
}

internal sealed class ProxyOptionsValidator(string section) : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options) =>
        options.TrustedProxies.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } unfit
            ? ValidateOptionsResult.Fail($"{section}:TrustedProxies has '{unfit}': write a network such as 10.0.0.0/8 or fd00::/8.")
            : ValidateOptionsResult.Success;
}
