using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FSharp.Core;
using Platform.IdP.Protocol;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>
/// Sends to every route what it should not get: good requests with something wrong in them. The same in every run;
/// FUZZ_TESTS asks for more of them, FUZZ_SEED for others.
/// </summary>
public sealed class EndpointFuzzTests(FuzzServer server) : IClassFixture<FuzzServer>
{
    private const ulong UsualSeed = 20260102;
    private const int UsualTests = 25;

    // Not how fast it is, but whether it answers at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Arbitrary<Mutation[]> Mutations = Arb.From(Gen.Choose(1, 3).SelectMany(count => One().ArrayOf(count)), Smaller);

    public static TheoryData<string> Seeds => [.. FuzzSeeds.All.Select(seed => seed.Name)];

    [Fact]
    public void Every_route_of_the_server_is_fuzzed()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => NameOf(method, endpoint)));

        Assert.Equal(routes.Distinct().Order(StringComparer.Ordinal), FuzzSeeds.All.Select(seed => seed.Route).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Threat9_Whatever_is_sent_is_answered_as_it_should_be(string name)
    {
        var seed = FuzzSeeds.All.Single(seed => seed.Name == name);
        using var connection = new RawConnection(server);
        var good = server.World.Learn(await seed.MakeAsync(server.World));
        var answer = await connection.SendAsync(good, TestContext.Current.CancellationToken);
        Assert.True(answer?.Status == seed.Expected, $"{good}\n\n{answer?.Status} {answer?.Body}");

        var isPage = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .First(endpoint => NameOf(seed.Route.Split(' ')[0], endpoint) == seed.Route).Metadata.GetMetadata<AnswersPages>() is not null;
        var checks = new FuzzChecks(server);
        await Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(Setting("FUZZ_TESTS", UsualTests) * seed.Share).WithReplay(
                FSharpOption<Replay>.Some(new Replay(new Rnd(Setting("FUZZ_SEED", UsualSeed), Gamma(name)), FSharpOption<int>.None))),
            Prop.ForAll(Mutations, mutations => TryAsync(connection, seed, mutations, checks, isPage).GetAwaiter().GetResult())),
            TestContext.Current.CancellationToken);
    }

    private async Task TryAsync(RawConnection connection, FuzzSeed seed, Mutation[] mutations, FuzzChecks checks, bool isPage)
    {
        using var patience = new CancellationTokenSource(Patience);
        var good = server.World.Learn(await seed.MakeAsync(server.World));
        var request = mutations.Aggregate(good, (request, mutation) => mutation.Apply(request));
        var answer = await connection.SendAsync(request, patience.Token);

        // Whoever sends too much may find the door closed.
        var fault = answer is not null
            ? checks.FaultOf(answer, isPage && (request.Method, request.Path) == (good.Method, good.Path), request.Method == "HEAD")
            : request.ToBytes().Length > 8000 ? null : "no answer";
        Assert.True(fault is null, $"{fault}\n\n{request}\n\n{answer?.Status} {answer?.Body}\n\n{server.Log.Lines.LastOrDefault()}");
    }

    private static Gen<Mutation> One() =>
        from kind in Gen.Elements(Enum.GetValues<MutationKind>())
        from part in Gen.Choose(0, 1000)
        from detail in Gen.Choose(0, 1000)
        from value in Values.All
        select new Mutation(kind, part, detail, value);

    private static IEnumerable<Mutation[]> Smaller(Mutation[] mutations) => mutations.Length == 1
        ? []
        : mutations.Select((_, index) => mutations.Where((_, other) => other != index).ToArray());

    private static string NameOf(string method, RouteEndpoint endpoint) => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    // Odd, and another for each route, so that not all get the same.
    private static ulong Gamma(string name) => name.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL) | 1;

    private static T Setting<T>(string name, T usual)
        where T : IParsable<T> =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? T.Parse(text, CultureInfo.InvariantCulture) : usual;
}
