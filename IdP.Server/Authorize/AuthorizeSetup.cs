namespace Platform.IdP.Authorize;

internal static class AuthorizeSetup
{
    public static void AddAuthorize(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PushedRequestStore>();
        builder.Services.AddSingleton<AuthorizationRequestStore>();
        builder.Services.AddSingleton<AuthorizationCodeStore>();
        builder.Services.AddSingleton<AuthorizationGrantStore>();
        builder.Services.AddSingleton<AuthorizationResponse>();
        builder.Services.AddSingleton<AuthorizeRequestReader>();
        builder.Services.AddSingleton<AuthorizationFlow>();
    }
}
