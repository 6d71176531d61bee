using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddSingleton<SessionEndings>();
        return services;
    }
}
