namespace Platform.Doctor.Evidence;

/// <summary>Everything that was asked, with the answers.</summary>
/// <param name="Provider">What the BFF is at the IdP that is asked.</param>
/// <param name="BffKeys">The key set that the BFF publishes.</param>
/// <param name="IdpKeys">The key set that the IdP publishes.</param>
/// <param name="Services">Of every service that was named, whether it is well.</param>
/// <param name="Clocks">How far the clocks of services are from that of the doctor.</param>
internal sealed record CaseFile(
    Answer<BffView> Bff, Answer<ProviderView> Provider, Answer<Metadata> Metadata, Answer<IReadOnlyList<PublishedKey>> BffKeys,
    Answer<IReadOnlyList<PublishedKey>> IdpKeys, Answer<IdpView> Idp, Answer<ClientLookup> Lookup, IReadOnlyList<ServiceHealth> Services,
    IReadOnlyList<ClockReading> Clocks)
{
    public Answer<ClientView> Client => Lookup is Answer<ClientLookup>.Given { Value: { Client: null } nobody }
        ? new Answer<ClientView>.Unasked($"The client {nobody.ClientId} is not registered.")
        : Lookup.Select(lookup => lookup.Client!);
}

/// <summary>A public key of a JWK Set (RFC 7517).</summary>
internal sealed record PublishedKey(string? KeyId, string KeyType, string? Algorithm, string Thumbprint);

/// <param name="Fault">Null when it is well.</param>
internal sealed record ServiceHealth(string Name, Uri Address, string? Fault);

/// <param name="Ahead">How far it is ahead of the doctor's clock.</param>
internal sealed record ClockReading(string Service, TimeSpan Ahead);
