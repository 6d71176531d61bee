using Microsoft.Extensions.Options;

namespace Platform.IdP.Configuration;

internal sealed class IdpOptionsValidator(IHostEnvironment environment) : IValidateOptions<IdpOptions>
{
    public ValidateOptionsResult Validate(string? name, IdpOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(IdpOptions options)
    {
        if (!IsIssuer(options.Issuer))
        {
            yield return $"Idp:Issuer is '{options.Issuer}': set it to the public https origin of this server, " +
                "without path, trailing slash, query or fragment (for example https://localhost:7100); http is for Development on this machine.";
        }

        var lifetimes = options.Lifetimes;

        // FAPI 2.0 section 5.3.2.1: codes live for 60 s at most, pushed requests for less than 600 s.
        if (!IsWithin(lifetimes.Code, 1, 60))
            yield return "Idp:Lifetimes:Code must be between 1 and 60 seconds.";
        if (!IsWithin(lifetimes.PushedRequest, 5, 599))
            yield return "Idp:Lifetimes:PushedRequest must be between 5 and 599 seconds.";
        if (!IsWithin(lifetimes.Interaction, 60, 3600))
            yield return "Idp:Lifetimes:Interaction must be between one minute and one hour.";
        if (!IsWithin(lifetimes.SsoSession, 60, 30 * 86400))
            yield return "Idp:Lifetimes:SsoSession must be between one minute and 30 days.";
        if (!IsWithin(lifetimes.AccessToken, 30, 86400))
            yield return "Idp:Lifetimes:AccessToken must be between 30 seconds and one day.";
        if (!IsWithin(lifetimes.IdToken, 30, 86400))
            yield return "Idp:Lifetimes:IdToken must be between 30 seconds and one day.";

        var attempts = options.Attempts;
        if (attempts.PerAccount < 1 || attempts.PerAddress < 1 || attempts.Window < TimeSpan.FromSeconds(1))
            yield return "Idp:Attempts: PerAccount and PerAddress must be at least 1 and Window at least a second.";
        if (attempts.ConcurrentHashes < 1 || attempts.WaitingHashes < 0)
            yield return "Idp:Attempts: ConcurrentHashes must be at least 1 and WaitingHashes at least 0.";
    }

    // RFC 8414 section 2: https, no query, no fragment. The endpoints stand at the root, so no path either.
    private bool IsIssuer(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri) &&
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && environment.IsDevelopment())) &&
        uri.UserInfo.Length == 0 &&
        uri.GetLeftPart(UriPartial.Authority) == issuer;

    private static bool IsWithin(TimeSpan lifetime, int leastSeconds, int mostSeconds) =>
        lifetime >= TimeSpan.FromSeconds(leastSeconds) && lifetime <= TimeSpan.FromSeconds(mostSeconds);
}
