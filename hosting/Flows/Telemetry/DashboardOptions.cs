using Microsoft.Extensions.Options;

namespace Platform.Flows.Telemetry;

/// <summary>Where the dashboard is, whose telemetry API has the traces.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>Its address; of several, separated by semicolons, the first counts. Empty where there is no dashboard.</summary>
    public string Url { get; set; } = "";

    /// <summary>The key of its API (<c>AppHost:DashboardApiKey</c>); empty where the dashboard asks for none.</summary>
    public string ApiKey { get; set; } = "";

    public Uri? Address => Url.Length == 0 ? null : new(Url.Split(';')[0].TrimEnd('/') + "/");
}

internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options) =>
        options.Url.Length == 0 || (Uri.TryCreate(options.Url.Split(';')[0], UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{DashboardOptions.Section}:Url is '{options.Url}': set it to the dashboard's address, for example http://localhost:17000. " +
                "The AppHost sets it (Dashboard__Url).");
}
