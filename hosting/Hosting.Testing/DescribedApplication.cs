using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An application that the test itself describes.</summary>
internal sealed class DescribedApplication(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : TestedApplication(appHost: null, configure)
{
    private DistributedApplicationBuilder? _builder;
    private DistributedApplication? _application;

    public DistributedApplicationBuilder CreateBuilder(string[] args)
    {
        Current = this;
        try
        {
            _builder = new DistributedApplicationBuilder(args);
            Quieten(_builder);
            return _builder;
        }
        finally
        {
            Current = null;
        }
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
    }

    public override void Built(DistributedApplication application) => _application = application;

    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_application ?? _builder!.Build());

    public override void Abandon()
    {
    }
}
