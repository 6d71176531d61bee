using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Outbound;

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(OutboundOptions options)
    {
        foreach (var entry in options.AllowedHosts.Where(entry => AllowedHost.Parse(entry) is null))
        {
            yield return $"Idp:Outbound:AllowedHosts: '{entry}' is neither a host, host:port nor a network such as 10.1.0.0/16.";
        }

        if (CaFileFault(options.CaFile) is { } fault)
            yield return $"Idp:Outbound:CaFile: '{options.CaFile}' must be a PEM file of certificates ({fault}).";
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
            yield return "Idp:Outbound:Timeout must be between 100 milliseconds and one minute.";
        if (options.MaxBytes is < 1024 or > 4 * 1024 * 1024)
            yield return "Idp:Outbound:MaxBytes must be between 1024 and 4194304.";
    }

    private static string? CaFileFault(string? file)
    {
        try
        {
            TrustedAuthorities.Load(file);
            return null;
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return unusable.Message;
        }
    }
}
