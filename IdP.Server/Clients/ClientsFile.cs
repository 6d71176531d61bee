using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>Reads config/clients.yaml: an ordered list of checks for each client, the first fault stops the start.</summary>
internal static class ClientsFile
{
    public static ClientRegistry Read(ConfigurationFile file, ResourceRegistry resources) =>
        new(file.ReadEntries("clients", "client_id", entry => ReadClient(entry, resources)));

    private static Client ReadClient(YamlEntry entry, ResourceRegistry resources)
    {
        var id = entry.Text("client_id");
        var grants = OneOf(entry, "grant_types", entry.Texts("grant_types"), GrantTypes.All);
        return new Client
        {
            Id = id,
            Name = entry.OptionalText("client_name") ?? id,
            AuthenticationMethod = OneOf(entry, "token_endpoint_auth_method",
                [entry.Text("token_endpoint_auth_method")], ClientAuthenticationMethods.All)[0],
            SecretHash = ReadSecret(entry),
            Grants = grants,
            Scopes = ReadScopes(entry, resources),
            RedirectUris = ReadRedirectUris(entry, required: grants.Contains(GrantTypes.AuthorizationCode)),
            PostLogoutRedirectUris = Addresses(entry, "post_logout_redirect_uris"),
            RequiresPushedRequests = entry.Flag("require_pushed_authorization_requests"),
        };
    }

    private static IReadOnlyList<string> OneOf(
        YamlEntry entry, string name, IReadOnlyList<string> values, string[] known) =>
        values.Count > 0 && values.All(known.Contains)
            ? values
            : throw entry.Fault(name, $"'{name}' must be of {string.Join(", ", known)}.");

    private static byte[] ReadSecret(YamlEntry entry)
    {
        var secret = entry.OptionalText("client_secret");
        var hash = entry.OptionalText("client_secret_hash");
        switch (secret, hash)
        {
            case ({ Length: < 16 }, null):
                throw entry.Fault("client_secret", "the secret is shorter than 16 characters: make a longer, random one.");
            case ({ } text, null):
                return SHA256.HashData(Encoding.UTF8.GetBytes(text));
            case (null, { } encoded)
                when Base64Url.IsValid(encoded) && Base64Url.DecodeFromChars(encoded) is { Length: 32 } bytes:
                return bytes;
            case (null, { }):
                throw entry.Fault("client_secret_hash", "write the SHA-256 of the secret as base64url (43 characters).");
            default:
                throw entry.Fault("client_id", "give either 'client_secret' or 'client_secret_hash'.");
        }
    }

    // Deployments write a list 'scopes', a text 'scope', or both with the same content.
    private static IReadOnlyList<string> ReadScopes(YamlEntry entry, ResourceRegistry resources)
    {
        var list = entry.OptionalTexts("scopes");
        var text = entry.OptionalText("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = list ?? text ?? throw entry.Fault("client_id", "'scopes' is missing in this entry: add a list.");
        if (list is not null && text is not null && !list.ToHashSet().SetEquals(text))
        {
            throw entry.Fault("scope", "'scope' and 'scopes' differ: keep one of them.");
        }

        return scopes.FirstOrDefault(scope => !resources.Knows(scope)) is { } unknown
            ? throw entry.Fault(list is null ? "scope" : "scopes",
                $"no resource has the scope '{unknown}': add it to resources.yaml or remove it here.")
            : scopes;
    }

    private static IReadOnlyList<string> ReadRedirectUris(YamlEntry entry, bool required)
    {
        var addresses = Addresses(entry, "redirect_uris");
        return required && addresses.Count == 0
            ? throw entry.Fault("client_id", "'redirect_uris' is missing: the grant authorization_code needs one.")
            : addresses;
    }

    private static IReadOnlyList<string> Addresses(YamlEntry entry, string name)
    {
        var addresses = entry.OptionalTexts(name) ?? [];
        return addresses.FirstOrDefault(address => !IsAcceptable(address)) is { } bad
            ? throw entry.Fault(name, $"'{bad}' must be an absolute https address without fragment or wildcard " +
                "(http only for a loopback address).")
            : addresses;
    }

    // RFC 6749 section 3.1.2: absolute, no fragment. They go into a header as they are, so ASCII only.
    private static bool IsAcceptable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) &&
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) &&
        uri.UserInfo.Length == 0 &&
        address.All(character =>
            char.IsAscii(character) && !char.IsControl(character) && character is not (' ' or '#' or '*' or '\\'));
}
