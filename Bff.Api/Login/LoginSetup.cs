using Platform.Bff.Defence;

namespace Platform.Bff.Login;

internal static class LoginSetup
{
    public static void AddLogin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PreSessionStore>();
        builder.Services.AddSingleton<LoginCookie>();
        builder.Services.AddSingleton<SignInStart>();
        builder.Services.AddSingleton<CallbackChecks>();
        builder.Services.AddSingleton<SignInCompletion>();
        builder.Services.AddSingleton<ReturnUrls>();
        builder.Services.AddSingleton<SignInPages>();
        builder.Services.AddSingleton<LoginEndpoints>();
        builder.Services.AddSingleton<InitiationEndpoint>();
        builder.Services.AddSingleton<CallbackEndpoint>();
    }

    public static void MapLogin(this IEndpointRouteBuilder auth)
    {
        var services = auth.ServiceProvider;
        var login = services.GetRequiredService<LoginEndpoints>();
        auth.MapGet("/login", login.Login).WithMetadata(CallPolicy.Navigation);
        auth.MapGet("/silent", login.Silent).WithMetadata(CallPolicy.Navigation);
        auth.MapGet("/providers", login.Providers);
        auth.MapMethods("/initiate", [HttpMethods.Get, HttpMethods.Post], services.GetRequiredService<InitiationEndpoint>().Initiate)
            .WithMetadata(CallPolicy.Initiation);
        auth.MapGet("/callback/{provider?}", services.GetRequiredService<CallbackEndpoint>().Callback)
            .WithMetadata(CallPolicy.Return);
    }
}
