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
        builder.Services.AddSingleton<LoginEndpoints>();
    }

    public static void MapLogin(this IEndpointRouteBuilder auth)
    {
        var login = auth.ServiceProvider.GetRequiredService<LoginEndpoints>();
        auth.MapGet("/login", login.Login).WithMetadata(CallPolicy.Navigation);
        auth.MapGet("/callback/{provider?}", login.Callback).WithMetadata(CallPolicy.Return);
    }
}
