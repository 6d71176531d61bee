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

    /// <exception cref="ProviderUnavailableException">Its keys cannot be had.</exception>
    public async ValueTask<SecurityEventCheck> ValidateAsync(
        string token, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var validator = Discovery is null ? _current.Validator : await CurrentAsync(Discovery, cancellationToken);
        return await validator.ValidateAsync(token, receivedAt, cancellationToken);
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
