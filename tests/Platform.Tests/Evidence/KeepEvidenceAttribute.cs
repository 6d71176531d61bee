using System.Reflection;
using Platform.Tests.Evidence;
using Xunit.v3;

[assembly: KeepEvidence]

namespace Platform.Tests.Evidence;

/// <summary>After each test of the assembly: where it failed, what it ran on leaves its console output and its telemetry.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class KeepEvidenceAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var outcome = TestContext.Current.TestState;
        var failure = outcome?.Result is TestResult.Failed ? Describe(outcome) : null;

        // Nobody can be awaited here, and xUnit's own threads may all be taken.
        Task.Run(() => WatchedApplication.TestEndedAsync(test, failure)).GetAwaiter().GetResult();
    }

    private static string Describe(TestResultState outcome) => string.Join(
        '\n', (outcome.ExceptionMessages ?? []).Zip(outcome.ExceptionStackTraces ?? [], (message, trace) => $"{message}\n{trace}"));
}
