namespace Platform.IdP.RequestObjects;

internal static class RequestObjectsSetup
{
    public static void AddRequestObjects(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestObjectValidator>();
        builder.Services.AddSingleton<RequestObjectReferences>();
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
        {
            // OpenID Connect Discovery section 3, RFC 9101 section 10.5
            metadata["request_parameter_supported"] = true;
            metadata["request_uri_parameter_supported"] = true;
            metadata["require_request_uri_registration"] = true;
            metadata["require_signed_request_object"] = false;
            metadata["request_object_signing_alg_values_supported"] =
                MetadataPart.List(RequestObjectValidator.Algorithms.Select(algorithm => algorithm.ToString()));
        }));
    }
}
