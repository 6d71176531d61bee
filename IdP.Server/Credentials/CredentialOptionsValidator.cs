using Microsoft.Extensions.Options;

namespace Platform.IdP.Credentials;

internal sealed class CredentialOptionsValidator : IValidateOptions<CredentialOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(CredentialOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Folder))
            yield return "Idp:Credentials:Folder is empty: name a folder that all replicas share.";
        if (options.RecentSignIn < TimeSpan.FromSeconds(30) || options.RecentSignIn > TimeSpan.FromHours(1))
            yield return "Idp:Credentials:RecentSignIn must be between 30 seconds and one hour.";

        // NIST SP 800-63B section 3.1.1.2
        if (options.ShortestPassword is < 8 or > 64)
            yield return "Idp:Credentials:ShortestPassword must be between 8 and 64.";
    }
}
