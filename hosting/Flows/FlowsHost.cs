using Microsoft.Extensions.Options;
using Platform.Flows.Access;
using Platform.Flows.Model;
using Platform.Flows.Pages;
using Platform.Flows.Telemetry;

namespace Platform.Flows;

/// <summary>
/// The service, put together; the tests put it together likewise. It has no telemetry of its own: what it says of itself would
/// come back to it.
/// </summary>
internal static class FlowsHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        builder.Services.AddOptions<AddressOptions>().BindConfiguration(AddressOptions.Section);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TraceStore>(_ => new TraceStore());
        builder.Services.AddSingleton<FeedState>();
        builder.Services.AddSingleton<FlowBook>();
        builder.Services.AddSingleton<FlowEndpoints>();
        builder.Services.AddSingleton<Changes>();
        builder.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan });
        builder.Services.AddHostedService<DashboardFeed>();
        builder.Services.AddHostedService<AddressFile>();
        builder.Services.AddHealthChecks();
        builder.Services.AddRazorComponents();

        var app = builder.Build();
        app.UseMiddleware<LocalOnly>();
        app.UseStaticFiles();
        app.MapHealthChecks("/health");
        FlowEndpoints.Map(app);
        Changes.Map(app);
        return app;
    }
}
