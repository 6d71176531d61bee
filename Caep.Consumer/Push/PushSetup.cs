
namespace Platform.Caep.Push;

internal static class PushSetup
{
    public static void AddPush(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PushOptions>().BindConfiguration(PushOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PushingTransmitters>();
        services.AddSingleton<EventTopic>();
        services.AddSingleton<PushEndpoint>();
    }

    public static void MapPush(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/events", (HttpContext http, PushEndpoint push) => push.TakeAsync(http));
}
