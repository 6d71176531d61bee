namespace Platform.Benchmarks.Portal;

/// <summary>A sign-in of a new browser at a portal, by way of a provider that knows the person.</summary>
internal static class PortalSignIn
{
    /// <summary>The header with which the browser is signed in from then on, with its line end.</summary>
    public static async Task<string> RunAsync(Worker worker, string signIn, CancellationToken cancellationToken)
    {
        var cookies = new Cookies();
        var request = await NavigateAsync(worker, signIn, cookies, cancellationToken);

        var provider = worker.Provider ?? throw new InvalidOperationException("The worker has no connection to the provider.");
        var response = await provider.SendAsync(HttpText.Get(request.PathAndQuery, host: request.Authority), cancellationToken);
        var callback = new Uri(Redirect(response));

        await NavigateAsync(worker, callback.PathAndQuery, cookies, cancellationToken);
        return cookies.HeaderFor("/");
    }

    private static async Task<Uri> NavigateAsync(
        Worker worker, string target, Cookies cookies, CancellationToken cancellationToken)
    {
        var answer = await worker.SendAnyAsync(PortalRequest.Navigation(target, cookies.HeaderFor(target)), cancellationToken);
        cookies.Keep(answer.Headers("Set-Cookie"));
        return new Uri(PortalRequest.Origin, Redirect(answer));
    }

    private static string Redirect(HttpAnswer answer) => answer is { Status: >= 300 and < 400, Location: { } location }
        ? location
        : throw new InvalidDataException($"The sign-in ends with {answer.Status}: {answer.Text}");
}
