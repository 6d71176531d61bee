namespace Aspire.Hosting.Testing;

/// <summary>An application as its AppHost describes it, before it is built: a test may change it.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
