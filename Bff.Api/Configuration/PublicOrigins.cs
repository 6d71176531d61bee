using Microsoft.Extensions.Options;

namespace Platform.Bff.Configuration;

/// <summary>Where browsers find the BFF: one origin, or with <c>Bff:DynamicCallback</c> one of a list. No request can add to it.</summary>
internal sealed class PublicOrigins(IOptions<BffOptions> options)
{
    private readonly string _default = options.Value.Origin;
    private readonly string _scheme = options.Value.IsHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
    private readonly HashSet<string>? _all = options.Value.DynamicCallback
        ? [options.Value.Origin, .. options.Value.Origins.Select(OriginOf)]
        : null;

    public IReadOnlyCollection<string> All => _all ?? (IReadOnlyCollection<string>)[_default];

    /// <summary>The origin that the request was sent to; null when it is none of ours.</summary>
    public string? Of(HttpRequest request)
    {
        if (_all is null)
        {
            return _default;
        }

        var origin = $"{_scheme}://{request.Host.Value}".ToLowerInvariant();
        return _all.Contains(origin) ? origin : null;
    }

    /// <summary>scheme://host[:port], as browsers write it in <c>Origin</c>.</summary>
    public static string OriginOf(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);
}
