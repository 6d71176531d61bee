using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// How a test gets hold of an AppHost that runs its own <c>Program</c>: it is told when the builder is made and when it builds. It
/// flows with the thread that runs the program, so that several may run side by side.
/// </summary>
internal abstract class Interception
{
    private static readonly AsyncLocal<Interception?> Flowing = new();

    public static Interception? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>May change how the builder is made.</summary>
    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The program has called <c>Build</c>; it waits until this returns.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);
}
