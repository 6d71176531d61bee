using System.Reflection;

namespace Platform.Benchmarks.Contestants;

/// <summary>Where the build put what is started as a process.</summary>
internal static class Built
{
    public static string Path(string name) => typeof(Built).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
