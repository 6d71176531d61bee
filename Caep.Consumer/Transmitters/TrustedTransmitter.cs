using System.Security.Cryptography;
using System.Text;
using Platform.Caep.Polling;
using Platform.Tokens.Discovery;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Transmitters;

/// <summary>One whose events are obeyed, within what it is trusted to say.</summary>
internal sealed class TrustedTransmitter(string name, SecurityEventRules rules, IssuerKeys keys, TimeProvider clock)
{
    private Current _current = new(Metadata: null, new(keys, rules, clock));

    public string Name => name;

    public string Issuer => rules.Issuer;

    /// <summary>The one that sessions come from, or one beside it.</summary>
    public bool IsIssuer { get; init; }

    public IssuerKeys Keys => keys;

    /// <summary>Where its keys and its critical members come from, unless its keys have a fixed address.</summary>
    public TransmitterClient? Discovery { get; init; }

    /// <summary>Whose users it may speak about beside its own.</summary>
    public IReadOnlyList<string> SpeaksFor { get; init; } = [];

    /// <summary>How it may name them.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>What it may say; null: everything.</summary>
    public IReadOnlySet<string>? Events { get; init; }

    public PollOptions? Poll { get; init; }

    /// <summary>SHA-256 of the token that it pushes with, so that tokens of any length compare in the same time.</summary>
    public byte[]? PushTokenHash { get; init; }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Undecided while its keys cannot be had.</summary>
    public async ValueTask<SecurityEventCheck> ValidateAsync(
        string token, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        try
        {
            var validator = Discovery is null ? _current.Validator : await CurrentAsync(Discovery, cancellationToken);
            return await validator.ValidateAsync(token, receivedAt, cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            return new SecurityEventCheck.Undecided(away.Message);
        }
    }

    /// <summary>By what is at hand. What is not is fetched meanwhile, for whoever asks later.</summary>
    public SecurityEventCheck ValidateAtOnce(string token, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var check = ValidateAsync(token, receivedAt, cancellationToken).AsTask();
        return check.IsCompletedSuccessfully ? check.Result : new SecurityEventCheck.Undecided($"The keys of the transmitter {name} are not at hand.");
    }

    // SSF 1.0 section 7.1: which members are critical is in the metadata, and may change with it.
    private async ValueTask<SecurityEventValidator> CurrentAsync(TransmitterClient discovery, CancellationToken cancellationToken)
    {
        var metadata = await discovery.GetMetadataAsync(cancellationToken);
        var current = _current;
        if (!ReferenceEquals(current.Metadata, metadata))
        {
            _current = current = new(
                metadata, new(keys, rules with { CriticalSubjectMembers = metadata.CriticalSubjectMembers }, clock));
        }

        return current.Validator;
    }

    private sealed record Current(TransmitterMetadata? Metadata, SecurityEventValidator Validator);
}
