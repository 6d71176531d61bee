using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Fixture;

/// <summary>Who the client is, and which key it has.</summary>
internal sealed partial class TestProvider
{
    /// <summary>The field of a form in which the key that was proved is noted.</summary>
    public const string ProvedKey = "(proved key)";

    private readonly HashSet<string> _usedAssertions = [];

    /// <summary>Fetches what the client's jwks_uri names.</summary>
    public Func<Task<string>> ClientKeys { get; set; } = () => throw new InvalidOperationException("The client has no keys.");

    /// <summary>What proofs must contain; null for nothing.</summary>
    public string? Nonce { get; set; }

    private async Task<bool> IsClientAsync(HttpRequest request, Dictionary<string, string> form)
    {
        if (form.TryGetValue("client_assertion", out var assertion))
        {
            return form["client_assertion_type"] == ClientAssertion.Type && await IsClientAsync(assertion);
        }

        if (form.TryGetValue("client_secret", out var secret))
        {
            return secret == ClientSecret && form["client_id"] == ClientId && request.Headers.Authorization.Count == 0;
        }

        return request.Headers.Authorization.ToString() is { Length: > 6 } basic && IsClient(basic["Basic ".Length..]);
    }

    // Each assertion counts once, each key is looked up anew: a rotation needs no registration.
    private async Task<bool> IsClientAsync(string assertion)
    {
        var check = ClientAssertionValidator.Check(
            assertion, JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(await ClientKeys())), new(Issuer, ClientId), _clock.GetUtcNow());
        lock (_usedAssertions)
        {
            return check is ClientAssertionCheck.Valid valid && _usedAssertions.Add(valid.Id);
        }
    }

    // RFC 6749 section 2.3.1, decoded independently of the code under test.
    private static bool IsClient(string basic)
    {
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':');
        return parts.Length == 2 && Decode(parts[0]) == ClientId && Decode(parts[1]) == ClientSecret;

        static string Decode(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));
    }

    /// <summary>Notes the key that is proved, if one is; a refusal when the proof is wrong.</summary>
    private IResult? Prove(HttpRequest request, Dictionary<string, string> form)
    {
        if (request.Headers["DPoP"] is not [{ } proof])
        {
            return null;
        }

        request.HttpContext.Response.Headers["DPoP-Nonce"] = Nonce;
        if (DPoPProofValidator.Check(proof, "POST", Issuer + request.Path, null, DPoPRules.Default, _clock.GetUtcNow())
            is not DPoPCheck.Valid { Proof: var valid } || (form.GetValueOrDefault("dpop_jkt") ?? valid.Thumbprint) != valid.Thumbprint)
        {
            return Error(400, "invalid_dpop_proof");
        }

        form[ProvedKey] = valid.Thumbprint;
        return Nonce is null || valid.Nonce == Nonce ? null : Error(400, "use_dpop_nonce");
    }

    /// <summary>JARM section 2.1.</summary>
    public Dictionary<string, string?> Sign(Dictionary<string, string?> response)
    {
        var claims = new JsonObject
        {
            ["aud"] = ClientId,
            ["exp"] = (_clock.GetUtcNow() + TimeSpan.FromMinutes(1)).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in response)
        {
            claims[name] = value;
        }

        var signed = Jwt.Sign(SignsWithNextKey ? _nextKey : _key, "JWT", claims);
        Issued.Enqueue(signed);
        return new() { ["response"] = signed };
    }
}
