using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Platform.Hosting.Tests.Testing;

/// <summary>The sample AppHost, run by its own program.</summary>
public sealed class SampleTopology : IAsyncLifetime
{
    private IDistributedApplicationTestingBuilder? _builder;

    public DistributedApplication App { get; private set; } = null!;

    public IDistributedApplicationTestingBuilder Builder => _builder!;

    public async ValueTask InitializeAsync()
    {
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(Deadline.Token);
        App = await _builder.BuildAsync(Deadline.Token);
        await App.StartAsync(Deadline.Token);
    }

    public async ValueTask DisposeAsync() => await (_builder?.DisposeAsync() ?? ValueTask.CompletedTask);

    public async Task<string> EnvironmentAsync(string resource, string name)
    {
        using var client = App.CreateHttpClient(resource);
        return await client.GetStringAsync($"/environment/{name}", Deadline.Token);
    }
}
