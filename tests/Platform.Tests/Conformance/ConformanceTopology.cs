using Platform.Tests.Topology;

namespace Platform.Tests.Conformance;

/// <summary>The topology with clients of every profile, and the scripts of independent, certified libraries beside it.</summary>
public sealed class ConformanceTopology : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-").FullName;
    private RunningTopology? _running;
    private CertifiedClients? _clients;

    public CertifiedClients Clients => _clients ?? throw new InvalidOperationException("The topology has not started.");

    public async ValueTask InitializeAsync()
    {
        using var registered = new RegisteredClients(_folder);
        _running = await RunningTopology.StartAsync(builder =>
        {
            var idp = builder.Project("idp");
            foreach (var (name, value) in registered.Settings)
            {
                idp.WithEnvironment(name, value);
            }
        });
        _clients = new CertifiedClients(_folder, await registered.DescribeAsync(_running));
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
