using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Provider;
using Platform.Sessions;

namespace Platform.Bff.Registration;

/// <summary>
/// Registers the BFF at the provider of section <c>Oidc</c>: once with the initial access token, and again when what is
/// registered has changed. Replicas that start together do it once.
/// </summary>
internal sealed class ClientRegistration(
    OpenIdProviders providers, RegistrationRequests requests, RegistrationMemory memory, SessionLock turns, PublicOrigins origins,
    IOptions<BffOptions> bff, IOptions<RegistrationOptions> options)
{
    private const string Turn = "registration";

    private readonly RegistrationOptions _options = options.Value;

    public async Task<RegistrationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var provider = providers.Default;
        if (provider.Options.TokenAuthMethod != TokenAuthMethods.PrivateKeyJwt ||
            (!HasToken && await FindAsync(provider, cancellationToken) is null))
        {
            return new RegistrationOutcome.NotWanted();
        }

        await using var turn = await turns.TakeAsync(Turn, cancellationToken);
        return await RegisterAsync(provider, await FindAsync(provider, cancellationToken), cancellationToken);
    }

    private bool HasToken => !string.IsNullOrEmpty(_options.InitialAccessToken);

    private Task<RememberedRegistration?> FindAsync(OpenIdProvider provider, CancellationToken cancellationToken) =>
        memory.FindAsync(provider.Issuer, provider.Options.ClientId, cancellationToken);

    private async Task<RegistrationOutcome> RegisterAsync(
        OpenIdProvider provider, RememberedRegistration? known, CancellationToken cancellationToken)
    {
        var metadata = ClientMetadata.Of(provider, _options, origins, bff.Value.Origin);

        // A permission works once: that it still stands in the environment is no wish to use it again.
        var permission = HasToken ? HashOf(_options.InitialAccessToken!) : "";
        var mayRegister = HasToken && known?.InitialAccessTokenHash != permission;
        var isReplaced = mayRegister && _options.ForceReplace;
        if (known?.MetadataHash == ClientMetadata.HashOf(metadata) && !isReplaced)
            return new RegistrationOutcome.Current();

        if (!isReplaced && known is { ClientUri: { } uri, AccessToken: { } token })
        {
            var answer = await requests.UpdateAsync(provider, metadata, new Uri(uri), token, cancellationToken);
            if (answer is not ProviderAnswer.Refused || !mayRegister)
                return await KeepAsync(provider, metadata, known, answer, known.InitialAccessTokenHash, cancellationToken);
        }
        else if (!mayRegister)
        {
            return new RegistrationOutcome.Refused(
                "what is registered has changed, and the provider gave no means to say so. Fix: let it issue an initial access token, " +
                "and set DCR_IAT and DCR_FORCE_REPLACE=true");
        }

        return await KeepAsync(provider, metadata, known,
            await requests.RegisterAsync(provider, metadata, _options, cancellationToken), permission, cancellationToken);
    }

    private async Task<RegistrationOutcome> KeepAsync(
        OpenIdProvider provider, JsonObject metadata, RememberedRegistration? known, ProviderAnswer answer,
        string usedPermission, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case ProviderAnswer.Refused refused:
                return new RegistrationOutcome.Refused(refused.Reason);
            case ProviderAnswer.Unavailable away:
                return new RegistrationOutcome.Unavailable(away.Reason);
            case ProviderAnswer.Success success:
                // Under the name that the provider gave, so that the permission, which is spent, is not used again under that name.
                var clientId = success.Text("client_id") ?? provider.Options.ClientId;
                var endpoint = await RegistrationRequests.EndpointAsync(provider, cancellationToken);
                await memory.SaveAsync(provider.Issuer, clientId, new(
                    ClientMetadata.HashOf(metadata),
                    usedPermission,
                    ClientUri(success, endpoint) ?? known?.ClientUri,
                    success.Text("registration_access_token") ?? known?.AccessToken), cancellationToken);
                return clientId == provider.Options.ClientId
                    ? new RegistrationOutcome.Registered()
                    : new RegistrationOutcome.Refused(
                        $"the provider registered the client as '{clientId}', not as '{provider.Options.ClientId}'. Fix: set Oidc:ClientId " +
                        "(AUTH_CLIENT_ID) to that name, or let it issue an initial access token for yours and set DCR_IAT to it");
            default:
                throw new UnreachableException();
        }
    }

    // The token goes nowhere but to the server that issued it.
    private static string? ClientUri(ProviderAnswer.Success answer, Uri? endpoint) =>
        Uri.TryCreate(answer.Text("registration_client_uri"), UriKind.Absolute, out var uri) && endpoint is not null &&
        uri.GetLeftPart(UriPartial.Authority) == endpoint.GetLeftPart(UriPartial.Authority)
            ? uri.AbsoluteUri
            : null;

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
