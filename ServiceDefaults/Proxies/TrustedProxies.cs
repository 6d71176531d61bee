using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Proxies;

/// <summary>Takes the client's address from proxies that configuration names, and from nobody else.</summary>
public static class TrustedProxies
{
    /// <summary>For <c>UseForwardedHeaders</c>, which comes first of all middleware.</summary>
    /// <param name="builder">Of the service.</param>
    /// <param name="section">The section that has <c>TrustedProxies</c>.</param>
    public static void AddTrustedProxies(this WebApplicationBuilder builder, string section)
    {
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ProxyOptions>>(new ProxyOptionsValidator(section));
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Networks())
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            // With no network named the middleware would believe everyone. Else it goes back as far as it knows the proxies.
            forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
        });
    }
}
