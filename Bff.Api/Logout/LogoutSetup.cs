namespace Platform.Bff.Logout;

internal static class LogoutSetup
{
    public static void AddLogout(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<LogoutEndpoints>();

    public static void MapLogout(this IEndpointRouteBuilder auth) =>
        auth.MapPost("/logout", auth.ServiceProvider.GetRequiredService<LogoutEndpoints>().Logout);
}
