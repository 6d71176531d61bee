using Microsoft.Extensions.Options;

namespace Platform.IdP.Keys;

internal sealed class KeyOptionsValidator(IOptions<IdpOptions> idp, IHostEnvironment environment)
    : IValidateOptions<KeyOptions>
{
    private const int ShortestSecret = 32;

    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(KeyOptions options)
    {
        if (options.Secret.Length == 0 && !environment.IsDevelopment())
            yield return "Keys:Secret is not set: give all replicas the same random text of 32 or more characters.";
        if (options.Secret.Length is > 0 and < ShortestSecret)
            yield return "Keys:Secret is too short: give all replicas the same random text of 32 or more characters.";

        foreach (var unknown in options.Algorithms.Where(algorithm => KeyAlgorithms.Find(algorithm) is null))
            yield return $"Keys:Algorithms names '{unknown}': the algorithms are {KeyAlgorithms.Names}.";

        if (options.RefreshEvery < TimeSpan.FromSeconds(1) || options.RefreshEvery > TimeSpan.FromMinutes(1))
            yield return "Keys:RefreshEvery must be between one second and one minute.";

        // A key must be everywhere before it signs: wherever the set is cached, and on every replica.
        var spread = DiscoveryEndpoints.Kept + options.RefreshEvery;
        if (options.AnnounceFor <= spread)
            yield return $"Keys:AnnounceFor must be more than {spread}: for so long others may keep the keys that they have.";
        if (options.RotateEvery <= options.AnnounceFor || options.RotateEvery > TimeSpan.FromDays(3650))
            yield return "Keys:RotateEvery must be more than Keys:AnnounceFor, and ten years at most.";

        var lifetimes = idp.Value.Lifetimes;
        var longest = lifetimes.AccessToken > lifetimes.IdToken ? lifetimes.AccessToken : lifetimes.IdToken;
        if (options.KeepPublished < longest + spread || options.KeepPublished > TimeSpan.FromDays(365))
        {
            yield return $"Keys:KeepPublished must be at least {longest + spread}, the longest lifetime of a token and the " +
                "time that others keep the keys, and a year at most.";
        }
    }
}
