namespace Platform.Bff.Operations;

internal static class OperationsSetup
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DiagnosticsOptions>().BindConfiguration(DiagnosticsOptions.Section)
            .Validate(
                diagnostics => string.IsNullOrEmpty(diagnostics.Claim) == string.IsNullOrEmpty(diagnostics.Value),
                "Bff:Diagnostics:Claim and Bff:Diagnostics:Value must both be set, or neither.")
            .ValidateOnStart();
        builder.Services.AddSingleton<KeptClaims>();
        builder.Services.AddSingleton<DiagnosticsEndpoint>();
        builder.Services.AddHealthChecks().AddCheck<ProvidersHealthCheck>("providers");
    }

    public static void MapOperations(this IEndpointRouteBuilder auth) =>
        auth.MapGet("/diagnostics", auth.ServiceProvider.GetRequiredService<DiagnosticsEndpoint>().Show);
}
