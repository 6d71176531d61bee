namespace Platform.Hosting.Tests;

/// <summary>What takes longer than this is stuck.</summary>
internal static class Deadline
{
    public const int Milliseconds = 60_000;

    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
