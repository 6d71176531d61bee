using System.Text.Json.Serialization;

namespace Platform.Bff.Login;

/// <summary>
/// What a sign-in needs when the browser comes back. The issuer is kept for each request, so that an answer of
/// another one is noticed (RFC 9700 section 4.4.2); the trace context makes the sign-in one trace.
/// </summary>
internal sealed record PreSession(
    string Issuer, string CodeVerifier, string Nonce, string ReturnUrl, string? TraceParent);

[JsonSerializable(typeof(PreSession))]
[JsonSerializable(typeof(LoginCookie.Content))]
internal sealed partial class LoginJson : JsonSerializerContext;
