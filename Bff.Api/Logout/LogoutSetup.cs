using Microsoft.AspNetCore.Mvc;
using Platform.Bff.Defence;

namespace Platform.Bff.Logout;

internal static class LogoutSetup
{
    private const int LargestToken = 32 * 1024;

    public static void AddLogout(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RefreshTokenRevocation>();
        builder.Services.AddSingleton<LogoutEndpoints>();
        builder.Services.AddSingleton<BackchannelLogout>();
        builder.Services.AddSingleton<FrontchannelLogout>();
    }

    public static void MapLogout(this IEndpointRouteBuilder auth)
    {
        var services = auth.ServiceProvider;
        auth.MapPost("/logout", services.GetRequiredService<LogoutEndpoints>().Logout);
        auth.MapPost("/backchannel-logout", services.GetRequiredService<BackchannelLogout>().Logout)
            .WithMetadata(CallPolicy.Server, new RequestSizeLimitAttribute(LargestToken));
        auth.MapGet("/frontchannel-logout", services.GetRequiredService<FrontchannelLogout>().Logout)
            .WithMetadata(CallPolicy.Frame);
    }
}
