using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Hosting.Evidence;

/// <summary>
/// Takes out of texts what a stranger must not have: the values of the application's secret parameters, the passwords of its connection
/// strings, the dashboard's keys, and whatever looks like a signed token.
/// </summary>
internal sealed partial class Redaction(IReadOnlyList<string> secrets)
{
    private const string Shown = "[redacted]";

    public static Redaction Of(DistributedApplication app)
    {
        var resources = app.Services.GetRequiredService<DistributedApplicationModel>().Resources;
        var parameters = resources.OfType<ParameterResource>().Where(parameter => parameter.Secret)
            .Select(parameter => Known(parameter.GetValueAsync(default)));
        var passwords = resources.OfType<IResourceWithConnectionString>()
            .Select(resource => Password().Match(Known(resource.GetConnectionStringAsync(default)) ?? "").Groups["value"].Value);
        var keys = app.Services.GetRequiredService<IConfiguration>().GetSection("AppHost").AsEnumerable()
            .Where(setting => setting.Key.EndsWith("Key", StringComparison.OrdinalIgnoreCase) || setting.Key.EndsWith("Token", StringComparison.OrdinalIgnoreCase))
            .Select(setting => setting.Value);
        return new(
        [
            // A secret that contains another one goes first.
            .. parameters.Concat(passwords).Concat(keys).OfType<string>().Where(secret => secret.Length > 0)
                .Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)
        ]);
    }

    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Shown, StringComparison.Ordinal);
        }

        return SignedToken().Replace(text, Shown);
    }

    // One that has no value yet, or none at all, stands nowhere.
    private static string? Known(ValueTask<string?> value) => value.IsCompletedSuccessfully ? value.Result : null;

    [GeneratedRegex("password=(?<value>[^,;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    // A JWT begins with {" in base64url.
    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*")]
    private static partial Regex SignedToken();
}
