namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource is published; <see cref="Ignore"/>, the only way here, is not at all.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    private ManifestPublishingCallbackAnnotation()
    {
    }

    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new();
}
