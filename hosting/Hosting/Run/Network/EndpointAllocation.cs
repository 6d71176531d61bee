using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Gives every endpoint its address before anything starts, so that references may go in circles.</summary>
internal sealed class EndpointAllocation(EngineOptions options) : IAsyncDisposable
{
    private readonly Dictionary<EndpointAnnotation, EndpointProxy> _proxies = [];

    public void Allocate(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            Check(resource, endpoint);
            int port;
            if (endpoint.IsProxied)
            {
                var proxy = Listen(resource, endpoint);
                _proxies[endpoint] = proxy;
                port = proxy.Port;
            }
            else
            {
                port = endpoint.Port ?? endpoint.TargetPort ?? TargetPorts.Next();
                endpoint.TargetPort ??= port;
            }

            endpoint.AllocatedEndpoint = new(endpoint, endpoint.TargetHost, port);
        }
    }

    /// <summary>The ports on which an instance is to listen this time.</summary>
    public static Dictionary<EndpointAnnotation, int> TargetsFor(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint, endpoint => endpoint.TargetPort ?? TargetPorts.Next());

    /// <summary>The instance listens there.</summary>
    public void Set(string instance, IReadOnlyDictionary<EndpointAnnotation, int> targets, bool ready)
    {
        foreach (var (endpoint, port) in targets)
        {
            _proxies.GetValueOrDefault(endpoint)?.Set(instance, port, ready);
        }
    }

    /// <summary>The instance is gone.</summary>
    public void Remove(string instance)
    {
        foreach (var proxy in _proxies.Values)
        {
            proxy.Remove(instance);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync();
        }
    }

    private EndpointProxy Listen(IResource resource, EndpointAnnotation endpoint)
    {
        var port = options.RandomizePorts ? 0 : endpoint.Port ?? 0;
        try
        {
            return EndpointProxy.Listen(port);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new DistributedApplicationException(
                $"Port {port}, which resource '{resource.Name}' needs for its endpoint '{endpoint.Name}', is in use by another process. "
                + $"End that process (`ss -ltnp 'sport = :{port}'` shows it), or change the port in {Where(resource)}.", refused);
        }
        catch (SocketException refused)
        {
            throw new DistributedApplicationException(
                $"Port {port}, which resource '{resource.Name}' needs for its endpoint '{endpoint.Name}', cannot be listened on: "
                + $"{refused.Message}. Change the port in {Where(resource)}.", refused);
        }
    }

    private static string Where(IResource resource) => resource is ProjectResource project
        ? LaunchProfiles.PathFor(project.GetProjectMetadata().ProjectPath)
        : "the AppHost";

    private static void Check(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.GetReplicaCount() > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' has replicas, so its endpoint '{endpoint.Name}' needs the proxy and no target port of its own.");
        }

        if (endpoint is { IsProxied: true, Port: { } port } && endpoint.TargetPort == port)
        {
            throw new DistributedApplicationException(
                $"The endpoint '{endpoint.Name}' of '{resource.Name}' has {port} both as port and as target port: "
                + "leave the target port out, or set isProxied: false.");
        }
    }
}
