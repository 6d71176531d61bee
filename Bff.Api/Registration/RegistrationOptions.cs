namespace Platform.Bff.Registration;

/// <summary>Registering the BFF as a client at the provider of section <c>Oidc</c> (RFC 7591), section <c>Registration</c>.</summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Registration";

    /// <summary>The single-use permission to register (<c>DCR_IAT</c>); not needed any more once that has been done.</summary>
    public string? InitialAccessToken { get; set; }

    /// <summary>The name to register under (<c>DCR_CLIENT_ID</c>); <c>Oidc:ClientId</c> if not set.</summary>
    public string? ClientId { get; set; }

    /// <summary>What people are shown where they consent; the client's id if not set.</summary>
    public string? ClientName { get; set; }

    /// <summary>The provider's profile for clients like this one (<c>DCR_CLIENT_PROFILE</c>).</summary>
    public string? Profile { get; set; }

    /// <summary>Callbacks, comma-separated (<c>DCR_REDIRECT_URIS</c>); those of the BFF's origins if not set.</summary>
    public string? RedirectUris { get; set; }

    /// <summary>Whether a client of this name that exists already is replaced (<c>DCR_FORCE_REPLACE</c>).</summary>
    public bool ForceReplace { get; set; }

    /// <summary>What <see cref="RedirectUris"/> lists.</summary>
    public IReadOnlyList<string> RedirectUriList =>
        RedirectUris?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
