using System.Net;
using System.Text.Json;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Asking;

/// <summary>What the BFF is asked.</summary>
internal sealed class BffQuestions(Questions questions, Uri portal, Credential? key)
{
    public const string Name = "The BFF";

    public async Task<Answer<BffView>> ViewAsync(CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return new Answer<BffView>.Silent(
                $"{Name} was not asked: the doctor has no key.",
                "Its diagnostics are shown to a machine that has the key of Bff:Diagnostics:Key.",
                "Set DIAGNOSTICS_KEY, or run where the AppHost keeps its parameters (--parameters FILE).");
        }

        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(portal, "/auth/diagnostics"))
        {
            Headers = { { "X-API-Key", key.Value }, { "X-CSRF", "1" } },
        };
        var answer = await questions.AskAsync(Name, question, Read, Explain, cancellationToken);
        if (answer is Answer<BffView>.Given { Value: var view })
        {
            questions.Note(Name, view.Now);
        }

        return answer;
    }

    public Task<Answer<IReadOnlyList<PublishedKey>>> KeysAsync(CancellationToken cancellationToken) =>
        KeySets.AskAsync(questions, Name, new Uri(portal, "/.well-known/jwks.json"), cancellationToken);

    private static BffView Read(byte[] body) =>
        JsonSerializer.Deserialize(body, BffJson.Default.BffView) is { Providers: [_, ..] } view
            ? view
            : throw new JsonException("There is no provider.");

    private (string, string)? Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => (
            "The BFF has no Bff:Diagnostics:Key, or another one than the doctor.",
            $"Give both the same: Bff__Diagnostics__Key at the BFF; the doctor's is from {key!.Source}."),
        HttpStatusCode.BadRequest => (
            "With Bff:DynamicCallback the BFF answers only under hosts that it knows.",
            "Give one of Bff:PublicUrl and Bff:Origins as --portal, or add this one there."),
        _ => null,
    };
}
