using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backends;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Puts the engine together.</summary>
internal static class EngineSetup
{
    public static void AddEngine(this IServiceCollection services, DistributedApplicationBuilder builder, DistributedApplicationOptions options, bool testing)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        services.AddHttpClient();
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(
            provider => provider.GetRequiredService<DeveloperCertificate>().CreateHandler()));
        services.AddSingleton(options);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(_ => EngineOptions.Read(builder.Configuration, testing, !options.DisableDashboard));
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<DistributedApplicationModel>(), provider,
            provider.GetRequiredService<EngineOptions>().DashboardEnabled ? WaitBehavior.WaitOnResourceUnavailable : WaitBehavior.StopOnResourceUnavailable));
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<DistributedApplicationModel>(), provider));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RunContext>(provider, builder.Configuration, provider) with
        {
            AppHostAssembly = builder.AppHostAssembly,
            IsDevelopment = builder.Environment.IsDevelopment()
        });
        services.AddSingleton<RunFolder>().AddSingleton<Watchdog>().AddSingleton<EndpointAllocation>().AddSingleton<HealthChecks>()
            .AddSingleton<DeveloperCertificate>().AddSingleton<Terminal>().AddSingleton<ConsoleWriter>()
            .AddSingleton<Interactions>().AddSingleton<ParameterPrompts>().AddSingleton(_ => UserSecrets.Of(builder.AppHostAssembly));
        services.AddDashboard().AddBackends();
        services.TryAddSingleton<IDashboard, NoDashboard>();
        services.AddSingleton<Engine>();
        services.AddHostedService(provider => provider.GetRequiredService<Engine>());
    }
}
