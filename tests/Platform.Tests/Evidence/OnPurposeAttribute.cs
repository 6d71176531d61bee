using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Evidence;

/// <summary>A test that is there only where the variable is set: any other run would fail by it, or tell of it as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(OnPurposeDiscoverer))]
public sealed class OnPurposeAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber)
{
    public const string Variable = "TESTS_FAIL_ON_PURPOSE";
}

/// <summary>Finds nothing without the variable.</summary>
public sealed class OnPurposeDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        Environment.GetEnvironmentVariable(OnPurposeAttribute.Variable) is null
            ? new([])
            : base.Discover(discoveryOptions, testMethod, factAttribute);
}
