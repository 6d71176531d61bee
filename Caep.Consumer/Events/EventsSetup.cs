using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Caep.Policy;
using Platform.Caep.Recent;
using Platform.Caep.Transmitters;

namespace Platform.Caep.Events;

internal static class EventsSetup
{
    public static void AddEvents(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SignalsOptions>().BindConfiguration(SignalsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddTransmitters();
        builder.AddPolicy();
        builder.AddRecentEvents();
        services.AddSingleton<EventChecks>();
        services.AddSingleton<IEventEffects, EffectsOnSessions>();
        services.AddSingleton<EventAges>();
        services.AddSingleton<EventPipeline>();
    }
}
