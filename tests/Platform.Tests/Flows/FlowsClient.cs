using System.Text.Json;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Flows;

/// <summary>The resource <c>flows</c> of a running topology.</summary>
/// <remarks>It looks for flows that began since it was made: tests share their topology.</remarks>
internal sealed class FlowsClient(RunningTopology topology) : IDisposable
{
    private readonly HttpClient _http = topology.App.CreateHttpClient("flows", "http");
    private readonly DateTimeOffset _since = TimeProvider.System.GetUtcNow();

    public Uri Address => _http.BaseAddress!;

    /// <summary>Waits for a flow; what it is made of may still come in.</summary>
    public async Task<JsonElement> FindAsync(Func<JsonElement, bool> isIt, CancellationToken cancellationToken)
    {
        var found = default(JsonElement);
        try
        {
            await Eventually.BecomesTrueAsync(LookAsync, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"There is no such flow. There are:\n{await DescribeAsync(cancellationToken)}", late);
        }

        return found;

        async Task<bool> LookAsync()
        {
            using var flows = JsonDocument.Parse(await GetAsync("/flows.json?all=true", cancellationToken));
            var hits = flows.RootElement.EnumerateArray().Where(flow => flow.GetProperty("startedAt").GetDateTimeOffset() >= _since)
                .Where(isIt).Take(1).Select(flow => flow.Clone()).ToList();
            found = hits.FirstOrDefault();
            return hits.Count > 0;
        }
    }

    /// <summary>Waits for a flow that has all these arrows, each service's spans coming in their own time, and asserts their order.</summary>
    /// <param name="kind">The flow's kind.</param>
    /// <param name="arrows">What happens one after the other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="anywhere">What happens besides, at any time.</param>
    public async Task<JsonElement> FindAsync(
        string kind, IReadOnlyList<string> arrows, CancellationToken cancellationToken, params IReadOnlyList<string> anywhere)
    {
        var found = await FindAsync(flow => Kind(flow) == kind && arrows.Concat(anywhere).All(Arrows(flow).Contains), cancellationToken);
        Assert.Equal(arrows, Arrows(found).Where(arrows.Contains).Distinct());
        return found;
    }

    /// <summary>Waits for an authorization request that is refused at once; a silent sign-in that is refused has steps before it.</summary>
    public Task<JsonElement> FindRefusedRequestAsync(CancellationToken cancellationToken) => FindAsync(
        flow => Kind(flow) == "signIn" && Outcome(flow) == "refused" && Arrows(flow) is ["Browser → IdP GET /authorize"], cancellationToken);

    private async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        using var flows = JsonDocument.Parse(await GetAsync("/flows.json", cancellationToken));
        return string.Join('\n', flows.RootElement.EnumerateArray().Select(flow => $"{Kind(flow)} {Outcome(flow)}: {string.Join(", ", Arrows(flow))}"));
    }

    public Task<string> GetAsync(string path, CancellationToken cancellationToken) => _http.GetStringAsync(path, cancellationToken);

    /// <summary>All that it serves of its flows.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync(CancellationToken cancellationToken)
    {
        var all = new List<string>
        {
            await GetAsync("/?kind=Other", cancellationToken), await GetAsync("/", cancellationToken), await GetAsync("/flows.txt?all=true", cancellationToken),
        };
        using var flows = JsonDocument.Parse(await GetAsync("/flows.json?all=true", cancellationToken));
        foreach (var id in flows.RootElement.EnumerateArray().Select(flow => flow.GetProperty("id").GetString()))
        {
            foreach (var form in (string[])["", ".svg", ".txt", ".json"])
            {
                all.Add(await GetAsync($"/flows/{id}{form}", cancellationToken));
            }
        }

        return all;
    }

    public void Dispose() => _http.Dispose();

    public static string Kind(JsonElement flow) => flow.GetProperty("kind").GetString()!;

    public static string Outcome(JsonElement flow) => flow.GetProperty("outcome").GetString()!;

    /// <summary>"From → To Label" of each step, in order.</summary>
    public static IReadOnlyList<string> Arrows(JsonElement flow) =>
    [
        .. flow.GetProperty("steps").EnumerateArray().Select(step =>
            $"{step.GetProperty("from").GetString()} → {step.GetProperty("to").GetString()} {step.GetProperty("label").GetString()}")
    ];

    /// <summary>The first step with this arrow.</summary>
    public static FlowStep Step(JsonElement flow, string arrow) => new(flow.GetProperty("steps")[Arrows(flow).Index().First(step => step.Item == arrow).Index]);
}
