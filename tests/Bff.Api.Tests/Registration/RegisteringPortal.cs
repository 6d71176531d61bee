using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Registration;

/// <summary>A portal beside which replicas register, each test's under a name of its own.</summary>
public sealed class RegisteringPortal : FullPortal
{
    internal static string NewClientId() => $"bff-{Guid.NewGuid()}";

    /// <summary>Starts a replica that registers, and waits until it has said what became of it.</summary>
    internal async Task<BffReplica> RegisterAsync(string clientId, string? initialAccessToken, params (string Name, string Value)[] changes)
    {
        var before = Said(clientId).Count();
        var replica = await StartAsync(
            [("Oidc:ClientId", clientId), .. Token(initialAccessToken), .. changes]);
        await Eventually.BecomesTrueAsync(() => Said(clientId).Count() > before, TestContext.Current.CancellationToken);
        return replica;
    }

    internal IEnumerable<string> Said(string clientId) => Logs.Lines.Where(line =>
        line.Contains(clientId, StringComparison.Ordinal) && line.Contains("regist", StringComparison.Ordinal));

    internal static async Task<HealthReportEntry> HealthAsync(BffReplica replica)
    {
        var report = await replica.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["registration"];
    }

    private static IEnumerable<(string, string)> Token(string? token) =>
        token is null ? [] : [("DCR_IAT", token)];
}
