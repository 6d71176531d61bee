using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Platform.IdP.Cors;

internal static class CorsSetup
{
    public static void AddPublicClientOrigins(this WebApplicationBuilder builder)
    {
        builder.Services.AddCors();
        builder.Services.AddSingleton<ICorsPolicyProvider, PublicClientOrigins>();
    }

    /// <summary>For what a program in the browser calls; never for pages.</summary>
    public static TBuilder AllowPublicClientOrigins<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireCors(PublicClientOrigins.Policy);
}
