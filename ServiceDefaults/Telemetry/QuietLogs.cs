using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Categories whose lines hold what no log may hold, and which therefore no setting makes louder.</summary>
public static class QuietLogs
{
    // Lines of whole addresses, and with them codes, request_uri and id_token_hint: of each request, and of those that are no HTTP.
    private static readonly string[] Addresses =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    /// <summary>Keeps the addresses of requests out of every log.</summary>
    public static void KeepAddressesOutOfLogs(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // A rule for one provider, such as Logging:Console:LogLevel:Default, takes the place of all those for any: so each
        // gets its own, as the last.
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            {
                foreach (var category in Addresses)
                {
                    options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, filter: null));
                }
            }
        });
    }
}
