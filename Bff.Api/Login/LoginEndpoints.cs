using Platform.Bff.Configuration;
using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Bff.Login;

/// <summary>The way out to the provider.</summary>
internal sealed class LoginEndpoints(
    OpenIdProviders providers, PublicOrigins origins, ReturnUrls returnUrls, SignInStart start, LoginCookie loginCookie,
    CurrentSession current, SignInPages pages)
{
    /// <summary>What a page that lets people choose needs; <paramref name="Name"/> is the parameter <c>provider</c>.</summary>
    internal sealed record ProviderView(string Name, string DisplayName);

    public Task<IResult> Login(HttpContext http, string? returnUrl, string? provider, CancellationToken cancellationToken) =>
        BeginAsync(http, provider, returnUrl, SignInMode.Visible, cancellationToken);

    /// <summary><c>prompt=none</c>: with a page to return to a navigation, without one a frame.</summary>
    public Task<IResult> Silent(HttpContext http, string? returnUrl, string? provider, CancellationToken cancellationToken) =>
        BeginAsync(http, provider, returnUrl, returnUrl is null ? SignInMode.SilentFrame : SignInMode.Silent, cancellationToken);

    public IReadOnlyList<ProviderView> Providers() =>
        [.. providers.All.Select(provider => new ProviderView(
            provider.Name, provider.Options.DisplayName ?? new Uri(provider.Issuer).Host))];

    private async Task<IResult> BeginAsync(
        HttpContext http, string? provider, string? returnUrl, SignInMode mode, CancellationToken cancellationToken)
    {
        ProtocolSpan.Request(http.Request.Query);
        if (origins.Of(http.Request) is not { } origin)
            return Refuse(SignInRefusal.UnknownHost());
        if (providers.Named(provider) is not { } chosen)
            return Refuse(SignInRefusal.UnknownProvider());
        if (returnUrls.Accept(returnUrl, origin) is not { } page)
            return Refuse(SignInRefusal.BadReturnUrl());

        var (demands, unwelcome) = SignInDemands.Read(http.Request.Query, chosen.Options);
        if (demands is null)
            return Refuse(unwelcome!);
        if (mode is not SignInMode.Visible && demands.Prompt is not null)
            return Refuse(SignInRefusal.BadParameter("prompt does not go with a silent sign-in"));

        var beginning = await start.BeginAsync(new(chosen, origin, page, mode, demands), cancellationToken);
        if (beginning is SignInBeginning.Refused { Refusal: var refusal })
        {
            return Refuse(refusal);
        }

        var (state, url) = (SignInBeginning.Started)beginning;
        var previous = await current.FindAsync(http, isUse: false, cancellationToken);
        loginCookie.Append(http, state, previous?.Key);
        return new SeeOther(url);

        IResult Refuse(SignInRefusal refusal) => pages.Refuse(http, refusal, mode);
    }
}
