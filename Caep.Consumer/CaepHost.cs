using Platform.Caep.Configuration;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Polling;
using Platform.Caep.Push;
using Platform.Caep.Recent;
using Platform.Sessions;

namespace Platform.Caep;

/// <summary>The service as its features put it together.</summary>
internal static class CaepHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        SeedVariables.Apply(builder.Configuration);
        builder.AddServiceDefaults();
        builder.AddRedisClient("cache");
        builder.Services.AddSessions();
        builder.AddEvents();
        builder.AddIntake();
        builder.AddPush();
        builder.AddPolling();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapPush();
        app.MapRecentEvents();
        return app;
    }
}
