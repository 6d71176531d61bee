namespace Platform.IdP.Registration;

/// <summary>OpenID Connect Registration section 5: a sector's document lists every redirect URI of its clients.</summary>
internal sealed class SectorIdentifierCheck
{
    public Task<string?> RefusalAsync(
        RegistrationRequest request, IReadOnlyList<string> redirectUris, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);
}
