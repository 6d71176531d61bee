using System.Collections.Concurrent;
using Platform.Hosting.Evidence;
using Platform.Testing.Secrets;
using Xunit.Sdk;

namespace Platform.Tests.Evidence;

/// <summary>
/// An application that leaves evidence when it does not start, or when a test that it is there for fails: that test's own, else those
/// of its class and collection, else the one that all tests share. Whatever a test starts, it starts here.
/// </summary>
internal sealed class WatchedApplication : IAsyncDisposable
{
    private static readonly TimeSpan CollectsWithin = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<WatchedApplication, byte> Running = new();

    /// <summary>What the test that runs started itself and has ended already, before it is known whether it fails.</summary>
    private static readonly ConcurrentQueue<(WatchedApplication Of, TopologyEvidence? Evidence)> Ended = new();

    private readonly KnownSecrets _secrets;
    private readonly ITest? _test = TestContext.Current.Test;
    private readonly string? _collection = TestContext.Current.TestCollection?.UniqueID;
    private bool _hasServed;

    private WatchedApplication(DistributedApplication app, KnownSecrets secrets) => (App, _secrets) = (app, secrets);

    public DistributedApplication App { get; }

    public static async Task<WatchedApplication> BuildAsync(
        IDistributedApplicationTestingBuilder builder, KnownSecrets secrets, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // here it is watched
        var application = new WatchedApplication(await builder.BuildAsync(cancellationToken), secrets);
#pragma warning restore RS0030
        Running.TryAdd(application, 0);
        return application;
    }

    /// <summary>Starts it and waits until it is <paramref name="ready"/>; one that does not get there is ended.</summary>
    public async Task<WatchedApplication> StartAsync(Func<DistributedApplication, Task> ready, CancellationToken cancellationToken)
    {
        try
        {
            await App.StartAsync(cancellationToken);
            await ready(App);
            return this;
        }
        catch (Exception failure)
        {
            if (_test is null)
            {
                await WriteAsync(await CollectAsync(), Fixture(), $"The start failed. {failure}");
                _hasServed = true;
            }

            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps evidence of a failure; forgets what was for this test only.</summary>
    public static async Task TestEndedAsync(ITest test, string? failure)
    {
        var left = new List<(WatchedApplication Of, TopologyEvidence? Evidence)>();
        while (Ended.TryDequeue(out var ended))
        {
            left.Add(ended);
        }

        foreach (var application in Running.Keys)
        {
            application._hasServed = true;
        }

        if (failure is null)
        {
            return;
        }

        left.RemoveAll(ended => ended.Of._test?.UniqueID != test.UniqueID); // of one that was given up before
        var near = Of(test.TestCase.TestCollection.UniqueID);
        foreach (var application in near.Count + left.Count > 0 ? near : Of(collection: null))
        {
            left.Add((application, await application.CollectAsync()));
        }

        foreach (var (index, (application, evidence)) in left.Index())
        {
            await application.WriteAsync(evidence, index == 0 ? test.TestDisplayName : $"{test.TestDisplayName}-{index + 1}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Running.TryRemove(this, out _))
        {
            return;
        }

        if (_test is not null)
        {
            Ended.Enqueue((this, await CollectAsync()));
        }
        else if (!_hasServed)
        {
            await WriteAsync(await CollectAsync(), Fixture(), "It started, and no test came to run on it: its fixture failed.");
        }

        await App.DisposeAsync();
    }

    // A failure of the evidence must not hide that of the test.
    private async Task<TopologyEvidence?> CollectAsync()
    {
        using var patience = new CancellationTokenSource(CollectsWithin);
        try
        {
            return await TopologyEvidence.CollectAsync(App, patience.Token);
        }
        catch (Exception away) when (away is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task WriteAsync(TopologyEvidence? evidence, string test, string failure)
    {
        if (evidence is not null)
        {
            var folder = await evidence.WriteAsync(test, failure, _secrets.Mask);
            TestContext.Current.TestOutputHelper?.WriteLine($"Evidence: {folder}");
        }
    }

    /// <summary>Those of a collection and its classes, or those of all.</summary>
    private static List<WatchedApplication> Of(string? collection) =>
        [.. Running.Keys.Where(application => application._collection == collection)];

    /// <summary>What a topology belongs to that starts before there is a test.</summary>
    private static string Fixture() =>
        TestContext.Current.TestClass?.TestClassName ?? TestContext.Current.TestCollection?.TestCollectionClassName ?? "shared";
}
