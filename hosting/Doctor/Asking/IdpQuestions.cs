using System.Net;
using System.Text.Json;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Asking;

/// <summary>What the IdP is asked.</summary>
/// <param name="issuer">As the BFF spells it.</param>
internal sealed class IdpQuestions(Questions questions, string issuer, Credential? secret)
{
    public const string Name = "The IdP";
    public const string Administrator = "admin-cli";

    private readonly AdministratorToken _token = new(questions, issuer, secret);

    public async Task<Answer<Metadata>> MetadataAsync(CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"{issuer}/.well-known/openid-configuration");
        return await questions.AskAsync(Name, question, Read, status => status is HttpStatusCode.NotFound
            ? ($"{issuer} is not the issuer's address, or something stands between: the metadata are below it (OpenID Connect Discovery section 4).",
                "Correct Oidc:Issuer (OIDC_ISSUER) at the BFF, or --idp.")
            : null, cancellationToken);
    }

    /// <summary>The keys where the metadata say that they are.</summary>
    public async Task<Answer<IReadOnlyList<PublishedKey>>> KeysAsync(Answer<Metadata> metadata, CancellationToken cancellationToken) =>
        metadata is not Answer<Metadata>.Given { Value: var known } ? metadata.Select<IReadOnlyList<PublishedKey>>(_ => [])
        : Uri.TryCreate(known.Text("jwks_uri"), UriKind.Absolute, out var address)
            ? await KeySets.AskAsync(questions, Name, address, cancellationToken)
            : new Answer<IReadOnlyList<PublishedKey>>.Unasked("The metadata have no jwks_uri.");

    public async Task<Answer<IdpView>> ViewAsync(CancellationToken cancellationToken)
    {
        var answer = await _token.AskAsync(
            "/admin/diagnostics", body => JsonSerializer.Deserialize(body, IdpJson.Default.IdpView) ?? throw new JsonException(), cancellationToken);
        if (answer is Answer<IdpView>.Given { Value: var view })
        {
            questions.Note(Name, view.Now);
        }

        return answer;
    }

    public async Task<Answer<ClientLookup>> ClientAsync(string clientId, string? profile, CancellationToken cancellationToken)
    {
        var query = string.IsNullOrEmpty(profile) ? "" : $"?profile={Uri.EscapeDataString(profile)}";
        return await _token.AskAsync(
            $"/admin/clients/{Uri.EscapeDataString(clientId)}{query}",
            body => new ClientLookup(clientId, JsonSerializer.Deserialize(body, IdpJson.Default.ClientView) ?? throw new JsonException()),
            cancellationToken, none: new ClientLookup(clientId, null));
    }

    private static Metadata Read(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? new Metadata(document.RootElement.Clone())
            : throw new JsonException("The metadata are no JSON object.");
    }
}
