using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>Redis: <c>redis-server</c> where it is on the PATH, else Garnet. <c>Hosting:Redis</c> insists on one.</summary>
/// <param name="find">Finds a program on the PATH.</param>
internal sealed class RedisBackend(Func<string, string?> find) : IResourceBackend
{
    private const string Setting = "Hosting:Redis";

    public bool Handles(IResource resource) => resource is RedisResource;

    public async Task<BackendProcess> PrepareAsync(BackendContext context, CancellationToken cancellationToken)
    {
        var redis = (RedisResource)context.Resource;
        var password = redis.PasswordParameter is { } parameter ? await parameter.GetValueAsync(cancellationToken) : null;
        var keeps = context.KeepsData || redis.Annotations.OfType<PersistenceAnnotation>().Any();
        var server = find("redis-server");
        return (context.Configuration[Setting] ?? "auto", server) switch
        {
            ("auto" or "redis-server", not null) => RedisServer.Describe(context, server, password, keeps),
            ("auto" or "garnet", _) => await Garnet.DescribeAsync(context, password, keeps, cancellationToken),
            ("redis-server", null) => throw new DistributedApplicationException(
                $"'{redis.Name}' needs redis-server, which is not on the PATH: install it (Debian, Ubuntu: apt-get install redis-server; "
                + $"macOS: brew install redis), or leave {Setting} out to run Garnet instead."),
            (var other, _) => throw new DistributedApplicationException(
                $"{Setting} is '{other}': set it to auto, redis-server or garnet."),
        };
    }
}
