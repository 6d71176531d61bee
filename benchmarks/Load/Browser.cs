using System.Net;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Load;

/// <summary>A browser without JavaScript: keeps cookies, follows redirects, and fills the sign-in form in.</summary>
internal sealed partial class Browser
{
    public const string Password = "a password of the benchmark";

    private const int MostSteps = 10;

    private readonly Cookies _cookies = new();

    /// <summary>Opens an address of the authorization server, signs in where it is asked to; the redirect to the client.</summary>
    /// <param name="userName">Null when nobody should be asked.</param>
    public async Task<string> AuthorizeAsync(
        Worker worker, string address, string? userName, CancellationToken cancellationToken)
    {
        var request = Get(address);
        for (var step = 0; step < MostSteps; step++)
        {
            var answer = await worker.SendAnyAsync(request, cancellationToken);
            _cookies.Keep(answer.Headers("Set-Cookie"));
            if (answer.Location is { } location && location.StartsWith(Setting.RedirectUri, StringComparison.Ordinal))
            {
                return location;
            }

            request = answer switch
            {
                { Location: { } next } => Get(next.StartsWith('/') ? next : new Uri(next).PathAndQuery),
                { Status: StatusCodes.Status200OK } when userName is not null => Fill(answer.Text, userName),
                _ => throw new InvalidDataException($"The browser is stuck at {answer.Status}: {answer.Text}"),
            };
        }

        throw new InvalidDataException("The browser is led in a circle.");
    }

    private byte[] Get(string target) => HttpText.Get(target, _cookies.HeaderFor(target));

    private byte[] Fill(string page, string userName)
    {
        var form = FirstForm().Match(page);
        var target = form.Groups["action"].Value;
        var fields = HiddenInput().Matches(form.Value).Select(input =>
            KeyValuePair.Create(input.Groups["name"].Value, WebUtility.HtmlDecode(input.Groups["value"].Value)));
        return HttpText.Post(
            target, [.. fields, new("username", userName), new("password", Password)], _cookies.HeaderFor(target));
    }

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]+)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex FirstForm();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex HiddenInput();
}
