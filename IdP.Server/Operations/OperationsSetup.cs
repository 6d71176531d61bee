namespace Platform.IdP.Operations;

/// <summary>What the server says of itself to administrators, so that somebody can compare it with what others have.</summary>
internal static class OperationsSetup
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        var bootstrapServers = KafkaClients.BootstrapServers(builder.Configuration, "kafka");
        builder.Services.AddSingleton(services => new KafkaLook(bootstrapServers, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ClientKeyLook>();
        builder.Services.AddSingleton<RegistrationReview>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ClientEndpoint.Path, ClientEndpoint.Show);
        routes.MapGet(DiagnosticsEndpoint.Path, DiagnosticsEndpoint.Show);
    }
}
