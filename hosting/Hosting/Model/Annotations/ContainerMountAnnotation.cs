namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource's data outlives it.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    public string? Source { get; } = source;

    public string Target { get; } = target;

    public ContainerMountType Type { get; } = type;

    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>Where the data is.</summary>
public enum ContainerMountType
{
    BindMount = 0,
    Volume = 1
}
