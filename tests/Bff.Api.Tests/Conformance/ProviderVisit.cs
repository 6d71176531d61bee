using System.Net;
using System.Text.RegularExpressions;
using Platform.Bff.Tests.Fixture;
using Platform.Testing.Secrets;

namespace Platform.Bff.Tests.Conformance;

/// <summary>What a browser does at the certified provider, from the portal's redirect to the redirect back.</summary>
internal sealed partial class ProviderVisit : IDisposable
{
    private const int MostSteps = 10;

    private readonly HttpClient _http;

    public ProviderVisit(KnownSecrets secrets) => _http = new(new SecretsHandler(
        secrets, new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }));

    /// <summary>Whether the last visit had to prove who came.</summary>
    public bool HadToSignIn { get; private set; }

    /// <summary>Opens an address of the provider and does what its pages ask; where that leads back to the portal.</summary>
    public async Task<string> FollowAsync(string address, CancellationToken cancellationToken)
    {
        HadToSignIn = false;
        var url = new Uri(address);
        var answer = await _http.GetAsync(url, cancellationToken);
        for (var step = 0; step < MostSteps; step++)
        {
            if (answer.Headers.Location is { } location)
            {
                url = new Uri(url, location);
                if (url.AbsoluteUri.StartsWith(Portal.Origin, StringComparison.Ordinal))
                {
                    return url.AbsoluteUri;
                }

                HadToSignIn |= url.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal);
                answer = await _http.GetAsync(url, cancellationToken);
            }
            else
            {
                var page = await answer.Content.ReadAsStringAsync(cancellationToken);
                answer = await ConfirmAsync(url, page, cancellationToken);
            }
        }

        throw new InvalidOperationException($"The provider leads in a circle, at last to {url.AbsolutePath}.");
    }

    // The page that asks whether to sign out.
    private async Task<HttpResponseMessage> ConfirmAsync(Uri url, string page, CancellationToken cancellationToken)
    {
        var form = LogoutForm().Match(page);
        Assert.True(form.Success, $"{url.AbsolutePath} answered with a page that is not understood: {page}");
        using var fields = new FormUrlEncodedContent(
            [new("xsrf", form.Groups["xsrf"].Value), new("logout", "yes")]);
        return await _http.PostAsync(new Uri(form.Groups["action"].Value), fields, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex(
        """<form id="op.logoutForm" method="post" action="(?<action>[^"]+)">.*?name="xsrf" value="(?<xsrf>\w+)""",
        RegexOptions.Singleline)]
    private static partial Regex LogoutForm();
}
