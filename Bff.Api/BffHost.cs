using Platform.Bff.AccessTokens;
using Platform.Bff.Configuration;
using Platform.Bff.Defence;
using Platform.Bff.Forwarding;
using Platform.Bff.Keys;
using Platform.Bff.Login;
using Platform.Bff.Logout;
using Platform.Bff.Operations;
using Platform.Bff.Pages;
using Platform.Bff.Provider;
using Platform.Bff.Registration;
using Platform.Bff.Session;
using Platform.Bff.Signals;

namespace Platform.Bff;

/// <summary>The service, put together; the tests put it together likewise.</summary>
internal static class BffHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddBffConfiguration();
        builder.AddRedisClient("cache");
        builder.AddRedisKeyRing("bff");
        builder.AddDefence();
        builder.AddPages();
        builder.AddClientKeys();
        builder.AddProviders();
        builder.AddRegistration();
        builder.AddSession();
        builder.AddSignals();
        builder.AddLogin();
        builder.AddLogout();
        builder.AddOperations();
        builder.AddAccessTokens();
        builder.AddForwarding();

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UsePages();
        app.UseDefence();
        app.MapDefaultEndpoints();
        app.MapClientKeys();

        var auth = app.MapGuarded("/auth");
        auth.MapLogin();
        auth.MapSession();
        auth.MapLogout();
        auth.MapOperations();
        app.MapForwarding();
        return app;
    }
}
