namespace Platform.IdP.Clients;

/// <summary>A registered client (config/clients.yaml).</summary>
internal sealed record Client
{
    public required string Id { get; init; }

    /// <summary>What people are told that they sign in to.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="ClientAuthenticationMethods"/>; no other is accepted from this client.</summary>
    public required string AuthenticationMethod { get; init; }

    /// <summary>SHA-256 of the secret: it is random, so a slow hash would add nothing.</summary>
    public required byte[] SecretHash { get; init; }

    public required IReadOnlyList<string> Grants { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required IReadOnlyList<string> PostLogoutRedirectUris { get; init; }

    public required bool RequiresPushedRequests { get; init; }
}

internal static class ClientAuthenticationMethods
{
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";

    public static readonly string[] All = [Basic, Post];
}

internal static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string ClientCredentials = "client_credentials";

    public static readonly string[] All = [AuthorizationCode, ClientCredentials];
}
