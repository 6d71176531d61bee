using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Login;

/// <summary>Where a browser may go after a sign-in: a page of ours, or one under <c>Bff:ReturnUrls</c> (RFC 9700 section 4.11).</summary>
internal sealed class ReturnUrls(IOptions<BffOptions> options)
{
    private readonly Uri[] _listed = [.. options.Value.ReturnUrls.Select(url => new Uri(url))];

    /// <summary>The address in its canonical spelling; null when it is refused. Nothing asked for means the start page.</summary>
    public string? Accept(string? wanted, string origin) =>
        ReturnUrl.Local(wanted, origin) ?? ReturnUrl.Listed(wanted!, _listed);

    /// <summary>
    /// The same for <c>target_link_uri</c>, which names pages of ours by their whole address (OpenID Connect Core section 4).
    /// </summary>
    public string? AcceptTarget(string? target, string origin) => Accept(
        target is not null && target.StartsWith($"{origin}/", StringComparison.Ordinal) ? target[origin.Length..] : target, origin);
}
