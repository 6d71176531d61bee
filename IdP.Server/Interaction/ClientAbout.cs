namespace Platform.IdP.Interaction;

/// <summary>What a client says of itself (RFC 7591 section 2), as people are shown it.</summary>
public sealed record ClientAbout
{
    public string Name { get; init; } = "";

    public Uri? Logo { get; init; }

    public Uri? Homepage { get; init; }

    public Uri? Policy { get; init; }

    public Uri? TermsOfService { get; init; }

    internal static ClientAbout Of(Client client) => new()
    {
        Name = client.Name,
        Logo = client.Logo,
        Homepage = client.Homepage,
        Policy = client.Policy,
        TermsOfService = client.TermsOfService,
    };
}
