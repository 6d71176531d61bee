namespace Platform.IdP.UserInfo;

internal static class UserInfoSetup
{
    public static void AddUserInfo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UserInfoEndpoint>();

        // OpenID Connect Discovery section 3
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
            metadata["userinfo_signing_alg_values_supported"] = MetadataPart.List(KeyAlgorithms.All)));
    }

    public static void MapUserInfo(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(UserInfoEndpoint.Path, [HttpMethods.Get, HttpMethods.Post],
            (HttpRequest request, UserInfoEndpoint endpoint) => endpoint.HandleAsync(request)).WithInteractionId().AllowPublicClientOrigins();
}
