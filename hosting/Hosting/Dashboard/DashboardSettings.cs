using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Addresses and keys of one run. They stand in the AppHost's configuration under the names that Aspire has for them, so that tests
/// find the dashboard there: <c>ASPNETCORE_URLS</c>, <c>AppHost:DashboardApiKey</c> and so on.
/// </summary>
internal sealed record DashboardSettings
{
    private const string FrontEndKey = "ASPNETCORE_URLS";
    private const string DefaultFrontEnd = "http://localhost:17000";

    public required Uri FrontEnd { get; init; }

    public required Uri OtlpGrpc { get; init; }

    public required Uri OtlpHttp { get; init; }

    public required string BrowserToken { get; init; }

    public required string OtlpKey { get; init; }

    public required string ApiKey { get; init; }

    public required string FeedKey { get; init; }

    /// <exception cref="DistributedApplicationException">An address is not local, or taken.</exception>
    public static DashboardSettings Prepare(IConfiguration configuration, bool randomPorts)
    {
        var settings = new DashboardSettings
        {
            FrontEnd = randomPorts ? Free() : FrontEndOf(configuration),
            OtlpGrpc = randomPorts ? Free() : Local(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
            OtlpHttp = randomPorts ? Free() : Local(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"),
            BrowserToken = Key(configuration, "AppHost:BrowserToken"),
            OtlpKey = Key(configuration, "AppHost:OtlpApiKey"),
            ApiKey = Key(configuration, "AppHost:DashboardApiKey"),
            FeedKey = Key(configuration, "AppHost:ResourceService:ApiKey"),
        };
        configuration[FrontEndKey] = settings.FrontEnd.OriginalString;
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.OtlpGrpc.OriginalString;
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = settings.OtlpHttp.OriginalString;
        return settings;
    }

    // A launch profile may name several; plain HTTP is at home on loopback.
    private static Uri FrontEndOf(IConfiguration configuration)
    {
        var urls = (configuration[FrontEndKey] ?? DefaultFrontEnd).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Checked(FrontEndKey, urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? urls[0]);
    }

    private static Uri Local(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } set ? Checked(name, set) : Free();

    private static Uri Free() => new($"http://localhost:{TargetPorts.Next()}");

    private static Uri Checked(string name, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !url.IsLoopback || url.Port == 0)
        {
            throw new DistributedApplicationException($"{name} is {text}: the dashboard listens on this machine alone, write http://localhost:PORT.");
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, url.Port));
        }
        catch (SocketException)
        {
            throw new DistributedApplicationException(
                $"The dashboard cannot listen on {text}, because another process does (another AppHost?): end that one, or set {name}.");
        }

        return url;
    }

    private static string Key(IConfiguration configuration, string name) =>
        configuration[name] ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
}
