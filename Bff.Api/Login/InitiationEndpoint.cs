using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Platform.Bff.Configuration;
using Platform.Bff.Provider;

namespace Platform.Bff.Login;

/// <summary>A sign-in that another site begins (OpenID Connect Core section 4).</summary>
internal sealed class InitiationEndpoint(
    OpenIdProviders providers, PublicOrigins origins, ReturnUrls returnUrls, SignInPages pages)
{
    private const long LongestForm = 16 * 1024;

    private static readonly string[] Parameters = ["iss", "login_hint", "target_link_uri"];

    // What it asks for is a sign-in as our own page begins it, and goes on there.
    public async Task<IResult> Initiate(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http.Request, cancellationToken) is not { } parameters)
            return pages.Refuse(http, SignInRefusal.BadParameter("the form cannot be read"));
        if (Parameters.FirstOrDefault(name => parameters(name).Count > 1) is { } repeated)
            return pages.Refuse(http, SignInRefusal.BadParameter($"{repeated} came more than once"));
        if (origins.Of(http.Request) is not { } origin)
            return pages.Refuse(http, SignInRefusal.UnknownHost());
        if (providers.OfIssuer(parameters("iss").ToString()) is not { } provider)
            return pages.Refuse(http, SignInRefusal.UnknownProvider());
        if (returnUrls.AcceptTarget(parameters("target_link_uri"), origin) is not { } page)
            return pages.Refuse(http, SignInRefusal.BadReturnUrl());

        return new OnwardPage(QueryHelpers.AddQueryString("/auth/login", new Dictionary<string, string?>
        {
            ["provider"] = provider.Name,
            ["returnUrl"] = page,
            ["login_hint"] = parameters("login_hint"),
        }));
    }

    private static async Task<Func<string, StringValues>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return name => request.Query[name];
        }

        if (!request.HasFormContentType || request.ContentLength is not <= LongestForm)
        {
            return null;
        }

        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return name => form[name];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
