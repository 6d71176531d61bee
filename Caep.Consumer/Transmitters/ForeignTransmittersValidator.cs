using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Transmitters;

/// <summary>Each fault is a sentence that names the setting and the fix.</summary>
internal sealed class ForeignTransmittersValidator(IOptions<TransmitterOptions> own) : IValidateOptions<ForeignTransmitters>
{
    private const int ShortestToken = 32;

    public ValidateOptionsResult Validate(string? name, ForeignTransmitters options)
    {
        List<string> faults = [.. options.SelectMany(each => Faults($"{ForeignTransmitters.Section}:{each.Key}", each.Value))];
        faults.AddRange(Twice(options.Select(each => (each.Key, each.Value.Issuer)).Append(("Oidc", own.Value.Issuer)), "Issuer"));
        faults.AddRange(Twice(options.Where(each => each.Value.PushToken is not null).Select(each => (each.Key, each.Value.PushToken!)), "PushToken"));
        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string setting, ForeignTransmitterOptions options)
    {
        if (!IsSecure(options.Issuer))
            yield return $"{setting}:Issuer must be an https address, or http on this machine: give the iss of its events.";
        if (string.IsNullOrEmpty(options.Audience))
            yield return $"{setting}:Audience is empty: give the aud that its events have for this service.";
        if (options.Algorithms.FirstOrDefault(each => !Enum.TryParse<JwsAlgorithm>(each, out _)) is { } algorithm)
            yield return $"{setting}:Algorithms has '{algorithm}': use RS256, PS256 or ES256.";
        if (options.JwksUri is { } keys && !IsSecure(keys))
            yield return $"{setting}:JwksUri must be an https address, or http on this machine: correct it, or leave it out.";
        if (options.Subjects.FirstOrDefault(each => each is not (SubjectTargets.IssuerSubject or SubjectTargets.Email)) is { } form)
            yield return $"{setting}:Subjects has '{form}': use iss_sub or email.";
        if (options.Subjects.Count > 0 && options.SpeaksFor.Count == 0)
            yield return $"{setting}:Subjects says how it names users of others, but SpeaksFor names none: add {setting}:SpeaksFor:0.";
        if (options.Events.FirstOrDefault(each => EventTypes.Find(each) is null) is { } type)
            yield return $"{setting}:Events has '{type}': give the URI of an event type, or its last segment, such as session-revoked.";
        if (options.PushToken is { } token && token.Length < ShortestToken)
            yield return $"{setting}:PushToken has fewer than {ShortestToken} characters: make a longer one, for example with openssl rand -hex 32.";
        foreach (var fault in options.Poll?.Faults($"{setting}:Poll") ?? [])
            yield return fault;
    }

    private static IEnumerable<string> Twice(IEnumerable<(string Name, string Value)> values, string member) => values
        .GroupBy(each => each.Value, StringComparer.Ordinal)
        .Where(group => group.Count() > 1 && group.Key.Length > 0)
        .Select(group => $"{string.Join(" and ", group.Select(each => each.Name))} have the same {member}: each transmitter needs its own.");

    private static bool IsSecure(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) &&
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
