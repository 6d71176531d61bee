namespace Platform.Bff.Operations;

internal static class OperationsSetup
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DiagnosticsOptions>().BindConfiguration(DiagnosticsOptions.Section)
            .Validate(
                diagnostics => string.IsNullOrEmpty(diagnostics.Claim) == string.IsNullOrEmpty(diagnostics.Value),
                "Bff:Diagnostics:Claim and Bff:Diagnostics:Value must both be set, or neither.")
            .Validate(
                diagnostics => string.IsNullOrEmpty(diagnostics.Key) || DiagnosticsOptions.IsUsable(diagnostics.Key),
                $"Bff:Diagnostics:Key must have {DiagnosticsOptions.ShortestKey} characters or more, all of them visible ASCII: take a random one " +
                "(openssl rand -hex 32), or leave it out.")
            .ValidateOnStart();
        builder.Services.AddSingleton<KeptClaims>();
        builder.Services.AddSingleton<DiagnosticsAccess>();
        builder.Services.AddSingleton<ProviderViews>();
        builder.Services.AddSingleton<SurroundingsViews>();
        builder.Services.AddSingleton<DiagnosticsEndpoint>();
        builder.Services.AddHealthChecks().AddCheck<ProvidersHealthCheck>("providers");
    }

    public static void MapOperations(this IEndpointRouteBuilder auth) =>
        auth.MapGet("/diagnostics", auth.ServiceProvider.GetRequiredService<DiagnosticsEndpoint>().Show);
}
