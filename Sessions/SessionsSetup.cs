using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Sessions.Listing;
using Platform.Sessions.Lookup;
using Platform.Sessions.Sealed;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>Registers the session store, its revocation and its endings.</summary>
public static class SessionsSetup
{
    /// <summary>Needs an <c>IConnectionMultiplexer</c>, which <c>AddRedisClient</c> registers.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionsOptions>()
            .BindConfiguration(SessionsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionRevocation>();
        services.AddSingleton<DemandsOnSessions>();
        services.AddSingleton<EmailSubjects>();
        services.AddSingleton<SessionEndings>();
        services.AddSingleton<EventsApplied>();
        return services;
    }

    /// <summary>
    /// Adds to the sessions what answers requests needs: lookup in the configured mode, their list, and the lock of their
    /// tokens. Needs data protection.
    /// </summary>
    public static IServiceCollection AddSessionLookup(this IServiceCollection services)
    {
        services.AddOptions<SessionModeOptions>()
            .BindConfiguration(SessionModeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SessionsOptions>().PostConfigure<IOptions<SessionModeOptions>>((sessions, mode) =>
        {
            if (mode.Value.Mode is SessionModeOptions.Hybrid)
            {
                sessions.LongestLifetime = mode.Value.RenewableFor;
            }
        });

        // Connections and leases live in real time, whatever the clock of the sessions says.
        services.AddSingleton(provider =>
            new EndingSequence(provider.GetRequiredService<IConnectionMultiplexer>(), TimeProvider.System));
        services.AddHostedService(provider => provider.GetRequiredService<EndingSequence>());
        services.AddHealthChecks().AddCheck<EndingsHealthCheck>("session-endings");
        services.AddSingleton<CertainMemory>();
        services.AddSingleton<HandleSeal>();
        services.AddSingleton<ISessions>(provider => provider.GetRequiredService<IOptions<SessionModeOptions>>().Value.Mode switch
        {
            SessionModeOptions.Stateless => ActivatorUtilities.CreateInstance<StatelessSessions>(provider),
            SessionModeOptions.Hybrid => ActivatorUtilities.CreateInstance<HybridSessions>(provider),
            _ => ActivatorUtilities.CreateInstance<SessionLookup>(provider),
        });
        services.AddSingleton<SessionList>();
        services.AddSingleton(provider =>
            new SessionLock(provider.GetRequiredService<IConnectionMultiplexer>(), TimeProvider.System));
        return services;
    }
}
