using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Policy;

public sealed class PolicyReloadTests : IAsyncLifetime
{
    private readonly string _path = Path.GetTempFileName();
    private readonly ManualClock _clock = new();
    private readonly RecordedLogs _logs = new();
    private readonly ILoggerFactory _loggers;
    private readonly EventPolicy _policy;
    private readonly PolicyReload _reload;

    public PolicyReloadTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        File.WriteAllText(_path, "rules:\n  - { event: credential-change, do: step-up }");
        var file = new PolicyFile(_path);
        _policy = new EventPolicy(file);
        _reload = new PolicyReload(
            _policy, file, Options.Create(new PolicyOptions { File = _path }), _clock, _loggers.CreateLogger<PolicyReload>());
    }

    public async ValueTask InitializeAsync() => await _reload.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _reload.StopAsync(TestContext.Current.CancellationToken);
        _reload.Dispose();
        _loggers.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Takes_a_changed_file_up_and_keeps_the_policy_when_it_is_broken()
    {
        await File.WriteAllTextAsync(_path, "rules:\n  - { event: credential-change, do: end-all-sessions }", TestContext.Current.CancellationToken);
        await BecomesAsync(() => Effect() == EventEffect.EndAllSessions);

        await File.WriteAllTextAsync(_path, "rules:\n  - { event: credential-change, do: nothing-at-all }", TestContext.Current.CancellationToken);
        await BecomesAsync(() => _logs.Contain("line 2: 'nothing-at-all' is nothing that an event can do"));
        Assert.Equal(EventEffect.EndAllSessions, Effect());

        File.Delete(_path);
        await BecomesAsync(() => _logs.Contain("the file cannot be read"));
        Assert.Equal(EventEffect.EndAllSessions, Effect());
    }

    private EventEffect Effect() => _policy.EffectOf(EventTypes.CredentialChange, JsonElement.Parse("{}"));

    private Task BecomesAsync(Func<bool> condition) => Eventually.BecomesTrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return condition();
        },
        TestContext.Current.CancellationToken);
}
