using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal sealed partial class FuzzChecks(IdpServer server)
{
    /// <summary>What is wrong with the answer; null when it is as it should be.</summary>
    /// <param name="isPage">Whether people see the answers of the route.</param>
    /// <param name="isHead">Whether it was asked without its body.</param>
    public string? FaultOf(FuzzAnswer answer, bool isPage, bool isHead)
    {
        if (answer.Status >= 500)
            return $"a failure of the server: {answer.Status}";
        if (answer.Status == 429)
            return "a limit, though none is set here";

        // Refused by the web server before anything of ours ran: not HTTP, or too much of it.
        if (answer.Header("X-Content-Type-Options").Length == 0)
            return answer.Status is 400 or 408 or 411 or 413 or 414 or 431 ? null : $"no security headers, status {answer.Status}";

        if (answer.Headers.Any(header => header.Name.StartsWith("Fuzz", StringComparison.OrdinalIgnoreCase)))
            return "a header that the request made up";
        if (answer.Header("Location") is { Length: > 0 } location && !IsKnown(location))
            return $"a redirect to {location}";
        if (answer.Is("text/html"))
            return FaultOfPage(answer.Body);

        return answer.Status < 400 || isHead ? null : FaultOfRefusal(answer, isPage);
    }

    private string? FaultOfPage(string page)
    {
        if (page.Contains(Values.Tag, StringComparison.OrdinalIgnoreCase) || page.Contains(Values.Attribute, StringComparison.OrdinalIgnoreCase))
            return "input in the page that is not escaped";

        return Address().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
            .FirstOrDefault(address => !IsKnown(address) && !address.StartsWith("otpauth:", StringComparison.Ordinal)) is { } foreign
                ? $"a page that leads to {foreign}"
                : null;
    }

    private static string? FaultOfRefusal(FuzzAnswer answer, bool isPage)
    {
        if (!answer.Header("Cache-Control").Contains("no-store", StringComparison.Ordinal))
            return "a refusal that may be kept";

        // Another path or method than that of any route, or what a browser asked of a file.
        if (answer.Status is 404 or 416 && answer.Body.Length == 0)
            return null;
        if (answer.Status == 405)
            return answer.Header("Allow").Length > 0 ? null : "405 without Allow";
        if (isPage)
            return $"a refusal that is no page: {answer.Status} {answer.Header("Content-Type")}";

        // RFC 6750 section 3: the challenge is the answer.
        if (answer.Body.Length == 0)
            return answer.Header("WWW-Authenticate").Length > 0 ? null : $"an empty refusal: {answer.Status}";

        // RFC 6749 section 5.2, RFC 9457
        if (!answer.Is("application/json") && !answer.Is("application/problem+json"))
            return $"a refusal that is no JSON: {answer.Header("Content-Type")}";
        var json = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        return json.TryGetProperty(answer.Is("application/json") ? "error" : "title", out var text) && text.ValueKind is JsonValueKind.String
            ? null
            : "a refusal without an error";
    }

    private bool IsKnown(string address)
    {
        if (address is ['/', ..])
            return address is not ['/', '/' or '\\', ..];

        var registered = server.Services.GetRequiredService<ClientRegistry>().All
            .SelectMany(client => client.RedirectUris.Concat(client.PostLogoutRedirectUris));
        return registered.Any(known => Leads(address, known)) || Loopback().IsMatch(address) || address.StartsWith("https://new.test/", StringComparison.Ordinal);
    }

    private static bool Leads(string address, string known) => address.StartsWith(known, StringComparison.Ordinal) &&
        (address.Length == known.Length || address[known.Length] is '?' or '&' or '#' || known.Contains('?', StringComparison.Ordinal));

    // The native client's, at any port (RFC 8252 section 7.3).
    [GeneratedRegex(@"\Ahttp://127\.0\.0\.1(:\d+)?/callback([?#].*)?\z")]
    private static partial Regex Loopback();

    [GeneratedRegex("(?:href|src|action|formaction|content)=\"(?:2;url=)?((?=[a-z]+:|/|\\\\)[^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
