using Platform.ServiceDefaults.Telemetry;
using Platform.Tokens.ResourceRequests;

namespace Platform.Contacts.Authorization;

/// <summary>What the span of a request says of its access token: what was checked, or why it was refused. Never the token.</summary>
internal static class AccessTokenSpan
{
    /// <summary>RFC 6750 section 3.1: without a token there is no error to answer; a reader of the span wants a word all the same.</summary>
    private const string NoToken = "no_access_token";

    private const string Unavailable = "temporarily_unavailable";

    public static void Passed(ResourceRequestCheck.Valid valid, bool isIntrospected)
    {
        if (!ProtocolSpan.IsRecorded)
        {
            return;
        }

        ProtocolSpan.Request([
            new("access_token", ProtocolRedaction.Redacted), new("token_type", valid.Proof is null ? "Bearer" : "DPoP"),
            new("client_id", valid.Token.ClientId)]);
        if (isIntrospected)
        {
            ProtocolSpan.Passed("access token is active at the issuer, which was asked", "RFC 7662 section 2.2");
        }
        else
        {
            ProtocolSpan.Passed("access token is signed by the issuer, typ is at+jwt", "RFC 9068 section 4");
        }

        ProtocolSpan.Passed("iss, aud, exp, iat, sub, client_id, jti", "RFC 9068 section 4");
        if (valid.Proof is not null)
        {
            ProtocolSpan.Passed("DPoP proof is for this request: signature, htm, htu, iat, ath", "RFC 9449 section 4.3");
            ProtocolSpan.Passed("access token is bound to the key of the proof (cnf, jkt)", "RFC 9449 section 7.1");
            ProtocolSpan.Passed("DPoP proof is new (jti)", "RFC 9449 section 11.1");
        }
    }

    public static void Refused(ResourceRequestCheck.Refused? refusal) =>
        ProtocolSpan.Refused(refusal?.Error ?? NoToken, refusal?.Reason ?? "There is no access token.");

    public static void RefusedForScope(string scope) =>
        ProtocolSpan.Refused("insufficient_scope", $"The access token has not the scope {scope}.");

    public static void NotChecked(string reason) => ProtocolSpan.Refused(Unavailable, reason);
}
