using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

internal sealed class MtlsOptionsValidator(IConfiguration configuration) : IValidateOptions<MtlsOptions>
{
    public ValidateOptionsResult Validate(string? name, MtlsOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(MtlsOptions options)
    {
        if (options.Url is { } url && !IsListener(url))
            yield return $"Idp:Mtls:Url is '{url}': write the https address to listen on, with a port and without path (https://*:7443).";

        // A listener is added to those that are there; without their addresses it would replace them.
        if (options is { Enabled: true, Url: not null } && !MtlsListener.CanBeAdded(configuration))
            yield return "Idp:Mtls:Url needs the server's other addresses: set ASPNETCORE_URLS, or Kestrel:Endpoints with all of them.";
        if (options.Origin is { } origin && !IsOrigin(origin))
            yield return $"Idp:Mtls:Origin is '{origin}': write an https origin without path or trailing slash (https://mtls.example.com).";
        if (options.CaFile is { } file && !File.Exists(file))
            yield return $"Idp:Mtls:CaFile is '{file}': there is no such file.";
        if (options.ForwardedHeader is null != (options.TrustedProxies.Count == 0))
            yield return "Idp:Mtls:ForwardedHeader and Idp:Mtls:TrustedProxies go together: set both or neither.";
        foreach (var network in options.TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Idp:Mtls:TrustedProxies has '{network}': write a network such as 10.0.0.0/8 or fd00::/8.";
    }

    private static bool IsListener(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "https", Port: > 0, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) &&
        uri.Scheme == Uri.UriSchemeHttps &&
        uri.UserInfo.Length == 0 &&
        uri.GetLeftPart(UriPartial.Authority) == origin;
}
