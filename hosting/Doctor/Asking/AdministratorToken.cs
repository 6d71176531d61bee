using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Asking;

/// <summary>Asks the IdP as its client <c>admin-cli</c>, with an access token that is good for reading and nothing else.</summary>
internal sealed class AdministratorToken(Questions questions, string issuer, Credential? secret)
{
    private const string Scopes = "clients.read diagnostics.read";

    private Task<Answer<string>>? _token;

    public async Task<Answer<T>> AskAsync<T>(string path, Func<byte[], T> read, CancellationToken cancellationToken, T? none = null)
        where T : class
    {
        var held = await (_token ??= GetAsync(cancellationToken));
        if (held is not Answer<string>.Given { Value: var token })
        {
            return held is Answer<string>.Silent silent
                ? new Answer<T>.Silent(silent.What, silent.Cause, silent.Fix)
                : new Answer<T>.Unasked(held.WhyNot!);
        }

        using var question = new HttpRequestMessage(HttpMethod.Get, issuer + path);
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await questions.AskAsync(IdpQuestions.Name, question, read, Explain, cancellationToken, none);
    }

    private async Task<Answer<string>> GetAsync(CancellationToken cancellationToken)
    {
        if (secret is null)
        {
            return new Answer<string>.Silent(
                $"{IdpQuestions.Name} was not asked for what it has: the doctor has no secret.",
                $"It tells that to its client {IdpQuestions.Administrator}.",
                "Set ADMIN_CLIENT_SECRET, or run where the AppHost keeps its parameters (--parameters FILE).");
        }

        // RFC 6749 section 4.4. Not where the metadata say: the secret goes to the issuer and nowhere else.
        using var question = new HttpRequestMessage(HttpMethod.Post, $"{issuer}/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", Scopes)]),
        };
        question.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{IdpQuestions.Administrator}:{Uri.EscapeDataString(secret.Value)}")));
        return await questions.AskAsync(IdpQuestions.Name, question, Read, Explain, cancellationToken);
    }

    private static string Read(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement is { ValueKind: JsonValueKind.Object } answer &&
            answer.TryGetProperty("access_token", out var token) && token.ValueKind is JsonValueKind.String
            ? token.GetString()!
            : throw new JsonException("There is no access_token.");
    }

    private (string, string)? Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => (
            $"The client {IdpQuestions.Administrator} has another secret at the IdP than the doctor, or is not registered there.",
            $"Give both the same (ADMIN_CLIENT_SECRET); the doctor's is from {secret!.Source}."),
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden => (
            $"The client {IdpQuestions.Administrator} may not read: it lacks one of the scopes {Scopes}.",
            "Add them to its scopes in clients.yaml, and to the resource of the issuer in resources.yaml."),
        HttpStatusCode.ServiceUnavailable => (
            "The IdP cannot look after tokens now: it keeps them in Redis.",
            "Start Redis; the log of the IdP says which address it looks at (ConnectionStrings:cache)."),
        _ => null,
    };
}
