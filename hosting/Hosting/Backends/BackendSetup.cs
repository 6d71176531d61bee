using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Backends;

internal static class BackendSetup
{
    /// <summary>Registers every <see cref="IResourceBackend"/>.</summary>
    public static IServiceCollection AddBackends(this IServiceCollection services) => services
        .AddSingleton<IResourceBackend>(_ => new RedisBackend(OnPath))
        .AddSingleton<IResourceBackend>(_ => new KafkaBackend(OnPath));

    private static string? OnPath(string program) => Executables.Find(program, "/");
}
