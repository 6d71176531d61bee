using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Platform.Sessions;

namespace Platform.Benchmarks.Pipeline;

/// <summary>How long a session is accepted that has been revoked, with two replicas of the BFF.</summary>
internal sealed class RevocationDelay() : PipelineMeasurement(
    "revocation", "from a revocation until no replica accepts the session, one after the other")
{
    private const int Replicas = 2;
    private static readonly TimeSpan MedianGoal = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SlowestGoal = TimeSpan.FromMilliseconds(100);

    public override async Task<string> RunAsync(Effort effort, CancellationToken cancellationToken)
    {
        await using var topology = await PipelineTopology.StartAsync(
            ["idp", "contacts-api", "spa", "bff", "caep"], cancellationToken);
        var replicas = await Replica.AllAsync(topology, Replicas, cancellationToken);
        using var administrator = topology.App.CreateHttpClient("idp", "https");
        administrator.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(administrator, cancellationToken));

        var issuer = topology.App.GetEndpoint("idp", "https").GetLeftPart(UriPartial.Authority);
        var sessions = new SessionStore(topology.Redis, TimeProvider.System);
        var revocation = new SessionRevocation(topology.Redis, TimeProvider.System);
        var (scripts, events) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -effort.WarmUps * 10; round < effort.Revocations; round++)
        {
            var (byScript, byEvent) = (await SignInAsync(), await SignInAsync());
            var began = Stopwatch.GetTimestamp();
            var script = await TimeAsync(byScript.Handle, async () =>
            {
                await revocation.RevokeAsync(
                    new(issuer, byScript.Subject, null, Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow()), cancellationToken);
                return began;
            });
            var whole = await TimeAsync(byEvent.Handle, async () =>
            {
                using var answer = await administrator.PostAsJsonAsync(
                    "/admin/revocations", new { sub = byEvent.Subject, reason = "measured" }, cancellationToken);
                answer.EnsureSuccessStatusCode();
                return Stopwatch.GetTimestamp();
            });
            if (round >= 0)
            {
                scripts.Add(script);
                events.Add(whole);
            }
        }

        foreach (var replica in replicas)
        {
            replica.Dispose();
        }

        return Percentiles.Table(
            ("revocation script to refusal", scripts), ("administrator's answer to refusal", events)) +
            $"\n\nadministrator's answer to refusal: p50 goal {MedianGoal.TotalMilliseconds:0} ms: " +
            $"{Verdict(Percentiles.Of(events, 0.5) < MedianGoal)}; p99 goal {SlowestGoal.TotalMilliseconds:0} ms: " +
            Verdict(Percentiles.Of(events, 0.99) < SlowestGoal);

        // Somebody who is in the memory of every replica.
        async Task<(string Subject, string Handle)> SignInAsync()
        {
            var (subject, now) = (Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow());
            var created = (SessionCreation.Created)await sessions.CreateAsync(
                new()
                {
                    Issuer = issuer,
                    Subject = subject,
                    CreatedAt = now,
                    AuthenticatedAt = now.AddMinutes(-1),
                    ExpiresAt = now.AddHours(1),
                },
                new(),
                cancellationToken);
            foreach (var replica in replicas)
            {
                await replica.AcceptsAsync(created.Handle, cancellationToken);
            }

            return (subject, created.Handle);
        }

        // Replicas are asked while the revocation is under way; one that refuses before its answer arrives counts as nought.
        async Task<TimeSpan> TimeAsync(string handle, Func<Task<long>> revokeAsync)
        {
            var refusals = replicas.Select(replica => replica.RefusesAsync(handle, cancellationToken)).ToList();
            var from = await revokeAsync();
            var last = (await Task.WhenAll(refusals)).Max();
            return last > from ? Stopwatch.GetElapsedTime(from, last) : TimeSpan.Zero;
        }
    }

    private static async Task<string> TokenAsync(HttpClient idp, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "sessions.revoke")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"admin-cli:{PipelineTopology.AdminSecret}"))));
        using var response = await idp.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("access_token").GetString()!;
    }
}
