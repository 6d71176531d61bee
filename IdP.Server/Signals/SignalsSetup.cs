using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals;

internal static class SignalsSetup
{
    public static void AddSignals(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignalsOptions>().BindConfiguration(SignalsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SignalsOptions>, SignalsOptionsValidator>();
        builder.Services.AddSingleton<EventFactory>();
        builder.Services.AddSingleton<SessionEvents>();
        builder.Services.AddSingleton<EventSubjects>();
        builder.Services.AddSingleton<EventSigner>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<UnreadableEntries>();
        builder.Services.AddHostedService<EventDistributor>();
        builder.Services.AddSingleton<SessionEndings>();
        builder.Services.AddSingleton<SessionRevoker>();
        builder.AddKafkaDestination();
    }

    public static void MapSignals(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(RevocationEndpoint.Path, RevocationEndpoint.Revoke);
        routes.MapPost(EventEndpoint.Path, EventEndpoint.Raise);
    }
}
