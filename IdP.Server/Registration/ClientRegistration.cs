using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Registration;

/// <summary>Writes clients to clients.yaml and tells them what was registered.</summary>
internal sealed class ClientRegistration(
    ClientsWriter writer, RegistrationPolicy policy, IOptions<IdpOptions> options, TimeProvider clock)
{
    /// <summary>Registers a new client, or replaces the one of this identifier.</summary>
    public async Task<RegistrationOutcome> RegisterAsync(
        string? clientId, RegistrationCheck.Valid check, bool replace, CancellationToken cancellationToken)
    {
        var (secret, token) = (NewSecret(check.AuthenticationMethod), Handle.New());
        var entry = Entry(clientId ?? Handle.New(), check, secret is null ? null : Handle.Hash(secret), Handle.Hash(token), Now);
        return await WriteAsync(entry, document => document.Contains((string)entry["client_id"]!) && !replace
            ? "A client with this client_id exists. Set force_replace to replace it (DCR_FORCE_REPLACE)."
            : null, secret, token, cancellationToken);
    }

    /// <summary>RFC 7592 section 2.2: the metadata becomes what was sent; a secret that is still of use stays.</summary>
    public Task<RegistrationOutcome> UpdateAsync(
        JsonObject former, RegistrationCheck.Valid check, string token, CancellationToken cancellationToken)
    {
        var hash = (string?)former["client_secret_hash"];
        var secret = hash is null ? NewSecret(check.AuthenticationMethod) : null;
        if (!ClientAuthenticationMethods.UsesSecret(check.AuthenticationMethod))
        {
            hash = null;
        }

        var entry = Entry((string)former["client_id"]!, check, secret is null ? hash : Handle.Hash(secret), Handle.Hash(token),
            (long?)former["client_id_issued_at"] ?? Now);
        return WriteAsync(entry, document => document.Contains((string)entry["client_id"]!) ? null : "The client is gone.",
            secret, token, cancellationToken);
    }

    public Task RemoveAsync(string clientId, CancellationToken cancellationToken) => writer.ChangeAsync(
        document => document.Contains(clientId) ? document.Without(clientId) : null, cancellationToken);

    /// <summary>What a client is told (RFC 7591 section 3.2.1); a secret only when it is new.</summary>
    public JsonObject Show(JsonObject entry, string? secret, string token)
    {
        var shown = RegistrationEntry.Show(entry);
        if (secret is not null)
        {
            shown["client_secret"] = secret;
        }

        if (entry["client_secret_hash"] is not null)
        {
            shown["client_secret_expires_at"] = 0;
        }

        shown["registration_access_token"] = token;
        shown["registration_client_uri"] =
            $"{options.Value.Issuer}{RegistrationSetup.Path}/{Uri.EscapeDataString((string)entry["client_id"]!)}";
        return shown;
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static string? NewSecret(string method) => ClientAuthenticationMethods.UsesSecret(method) ? Handle.New() : null;

    private static JsonObject Entry(
        string clientId, RegistrationCheck.Valid check, string? secretHash, string tokenHash, long issuedAt)
    {
        var entry = new JsonObject { ["client_id"] = clientId, ["client_id_issued_at"] = issuedAt };
        if (secretHash is not null)
        {
            entry["client_secret_hash"] = secretHash;
        }

        foreach (var (name, value) in check.Entry)
        {
            entry[name] = value?.DeepClone();
        }

        entry["registration_access_token_hash"] = tokenHash;
        return entry;
    }

    private async Task<RegistrationOutcome> WriteAsync(
        JsonObject entry, Func<ClientsDocument, string?> refusal, string? secret, string token,
        CancellationToken cancellationToken)
    {
        string? refused = null;
        try
        {
            await writer.ChangeAsync(document =>
            {
                refused = refusal(document) ?? (document.Count >= policy.MaximumClients && !document.Contains((string)entry["client_id"]!)
                    ? "No more clients are registered here."
                    : null);
                return refused is null ? document.With(entry) : null;
            }, cancellationToken);
        }
        catch (ConfigurationFileException unusable)
        {
            refused = unusable.Fault;
        }

        return refused is null
            ? new RegistrationOutcome.Registered(Show(entry, secret, token))
            : new RegistrationOutcome.Refused(refused);
    }
}

internal abstract record RegistrationOutcome
{
    public sealed record Registered(JsonObject Response) : RegistrationOutcome;

    public sealed record Refused(string Description) : RegistrationOutcome;
}
