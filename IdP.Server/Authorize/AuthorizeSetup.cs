using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Authorize;

internal static class AuthorizeSetup
{
    public static void AddAuthorize(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PushedRequestStore>();
        builder.Services.AddSingleton<AuthorizationRequestStore>();
        builder.Services.AddSingleton(new LanguageSource(async (services, id) =>
            (await services.GetRequiredService<AuthorizationRequestStore>().FindAsync(id))?.UiLocales));
        builder.Services.AddSingleton<AuthorizationCodeStore>();
        builder.Services.AddSingleton<AuthorizationGrantStore>();
        builder.Services.AddSingleton<RequestedAccess>();
        builder.Services.AddSingleton<IdTokenHint>();
        builder.Services.AddSingleton<RequestedSignIn>();
        builder.Services.AddSingleton<AuthorizationRequestValidator>();
        builder.Services.AddSingleton<PushedRequestReader>();
        builder.Services.AddSingleton<SignedResponse>();
        builder.Services.AddSingleton<AuthorizationResponse>();
        builder.Services.AddSingleton<AuthorizeRequestReader>();
        builder.Services.AddSingleton<AuthorizationFlow>();
        builder.Services.AddSingleton(new MetadataPart((metadata, services) =>
            Advertise(metadata, services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer)));
    }

    private static void Advertise(JsonObject metadata, string issuer)
    {
        metadata["authorization_endpoint"] = issuer + AuthorizeEndpoints.Path;
        metadata["response_types_supported"] = MetadataPart.List(["code"]);
        metadata["response_modes_supported"] = MetadataPart.List(ResponseModes.All);
        metadata["authorization_signing_alg_values_supported"] = MetadataPart.List(
            Enum.GetValues<JwsAlgorithm>().Select(algorithm => algorithm.ToString()));
        metadata["authorization_response_iss_parameter_supported"] = true;
        metadata["code_challenge_methods_supported"] = MetadataPart.List(["S256"]);
        metadata["prompt_values_supported"] = MetadataPart.List(RequestedSignIn.KnownPrompts);
        metadata["claims_parameter_supported"] = true;

        // RFC 9126 section 5
        metadata["pushed_authorization_request_endpoint"] = issuer + PushedRequestEndpoint.Path;
        metadata["require_pushed_authorization_requests"] = false;
    }
}
