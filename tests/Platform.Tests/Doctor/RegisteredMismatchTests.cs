using Platform.Tokens.Jose;

namespace Platform.Tests.Doctor;

/// <summary>Mismatches in clients.yaml of the running IdP: the doctor finds each, and nothing that follows from no mistake.</summary>
[Collection(typeof(DoctorTests))]
public sealed class RegisteredMismatchTests(DoctorTopology topology)
{
    private const string Redirect = "- ${BFF_HTTPS}/auth/callback";
    private const string Method = "token_endpoint_auth_method: private_key_jwt";
    private const string JwksUri = "jwks_uri: ${BFF_HTTPS}/.well-known/jwks.json";
    private const string Bound = "dpop_bound_access_tokens: true";
    private const string Grants = "grant_types: [authorization_code, refresh_token]";

    private static readonly string ForeignKeys = new JsonWebKeySet([SigningKey.Create(JwsAlgorithm.ES256).PublicKey]).ToJson();

    public static TheoryData<string, string[], string, string, string> Mismatches => new()
    {
        { "redirect URI: another path", ["redirect-uris"], Redirect, "- ${BFF_HTTPS}/callback", "differs by the path" },
        { "redirect URI: a slash at its end", ["redirect-uris"], Redirect, Redirect + "/", "differs by the slash at its end" },
        { "redirect URI: another host", ["redirect-uris"], Redirect, "- https://portal.example/auth/callback", "differs by the host" },
        { "post-logout redirect URI", ["post-logout-redirect-uris"], "- ${BFF_HTTPS}/\n", "- ${BFF_HTTPS}/bye\n", "differs by the path" },
        { "back-channel logout URI: another", ["backchannel-logout-uri"], "/auth/backchannel-logout", "/logout", "sends logout tokens to" },
        { "method: a secret", ["auth-method"], $"{Method}\n    {JwksUri}", "token_endpoint_auth_method: client_secret_basic\n    client_secret: a-secret-of-this-test", "client_secret_basic" },
        { "key: somebody else's", ["client-keys"], JwksUri, $"jwks: {ForeignKeys}", "does not have the key" },
        { "key: not to be fetched", ["client-keys", "jwks-uri"], JwksUri, "jwks_uri: https://localhost:1/.well-known/jwks.json", "cannot fetch" },
        { "key: fetched elsewhere", ["client-keys", "jwks-uri"], "${BFF_HTTPS}/.well-known/jwks.json", "${Idp:Issuer}/jwks", "does not have the key" },
        { "key: another algorithm", ["key-algorithm"], Bound, $"{Bound}\n    token_endpoint_auth_signing_alg: PS256", "signs with ES256" },
        { "ID token: an algorithm that the BFF does not take", ["idp-jwks"], Bound, $"{Bound}\n    profile: baseline\n    id_token_signed_response_alg: RS256", "signed with RS256" },
        { "scope: one is missing", ["scopes"], "offline_access, contacts.read]", "offline_access]", "'contacts.read'" },
        { "grant: no refresh tokens", ["grant-types"], Grants, "grant_types: [authorization_code]", "refresh_token" },
        { "client: signed requests", ["signed-requests"], Bound, $"{Bound}\n    require_signed_request_object: true", "must sign its requests" },
        { "client: bound to a certificate", ["sender-constraint"], Bound, "tls_client_certificate_bound_access_tokens: true", "bound to a certificate" },
        { "client: removed", ["client"], "client_id: bff-server", "client_id: bff-removed", "knows no client 'bff-server'" },
    };

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Mismatches))]
    public async Task S0_13_S0_14_S0_15_Finds_what_is_registered_otherwise(string mistake, string[] checks, string from, string to, string says)
    {
        await topology.WriteClientsAsync((from, to));
        try
        {
            // These and no others: what the test before put in may be there for a moment.
            var report = await topology.ExamineUntilAsync(report =>
                checks.ToHashSet().SetEquals(DoctorTopology.Mismatches(report)) &&
                report.Findings.First(finding => finding.Check == checks[0]).What.Contains(says, StringComparison.Ordinal));

            Assert.Equal(1, report.ExitCode);
            Assert.True(report.Findings.Where(finding => checks.Contains(finding.Check)).All(finding => finding is { Cause: not null, Fix: not null }), mistake);
        }
        finally
        {
            await topology.WriteClientsAsync();
        }
    }
}
