namespace Platform.IdP.Consents;

internal static class ConsentSetup
{
    public static void AddConsents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConsentStore>();
        builder.Services.AddSingleton<ConsentCheck>();
        builder.Services.AddSingleton<ConsentViews>();
        builder.Services.AddSingleton<ScopeTexts>();
    }

    public static void MapConsents(this IEndpointRouteBuilder routes) => ConsentEndpoints.Map(routes);
}
