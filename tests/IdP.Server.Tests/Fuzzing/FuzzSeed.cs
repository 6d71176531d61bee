namespace Platform.IdP.Tests.Fuzzing;

/// <summary>A request that is as it should be, from which the wrong ones are made.</summary>
/// <param name="Route">Method and pattern of the route that it is for.</param>
/// <param name="Variant">What distinguishes it from others for the same route.</param>
/// <param name="Expected">How it is answered: another status means that the fuzz does not get past the first check.</param>
internal sealed record FuzzSeed(string Route, string Variant, int Expected, Func<FuzzWorld, Task<FuzzRequest>> MakeAsync)
{
    /// <summary>Fewer for those that cost a lot.</summary>
    public int Share { get; init; } = 1;

    public string Name => Variant.Length == 0 ? Route : $"{Route}: {Variant}";
}
