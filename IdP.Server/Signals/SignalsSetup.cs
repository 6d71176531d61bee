namespace Platform.IdP.Signals;

internal static class SignalsSetup
{
    public static void AddSignals(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventFactory>();
        builder.Services.AddSingleton<EventSigner>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<EventDistributor>();
        builder.Services.AddSingleton<SessionEndings>();
        builder.Services.AddSingleton<SessionRevoker>();
        builder.AddKafkaDestination();
    }

    public static void MapSignals(this IEndpointRouteBuilder routes) =>
        routes.MapPost(RevocationEndpoint.Path, RevocationEndpoint.Revoke);
}
