namespace Platform.Caep.Recent;

internal static class RecentEventsSetup
{
    public static void AddRecentEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecentEvents>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RecentEvents>());
        builder.Services.AddSingleton<RecentEventsEndpoint>();
    }

    public static void MapRecentEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events/recent", (HttpContext http, int? count, RecentEventsEndpoint endpoint) => endpoint.ShowAsync(http, count));
}
