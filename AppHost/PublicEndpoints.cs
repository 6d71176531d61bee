namespace Platform.AppHost;

/// <summary>Where browsers reach a service.</summary>
internal static class PublicEndpoints
{
    /// <summary>The https endpoint; with <c>--launch-profile http</c>, where there is none, the one without TLS.</summary>
    public static EndpointReference GetPublicEndpoint(this IResourceBuilder<ProjectResource> service) =>
        service.GetEndpoint("https") is { Exists: true } https ? https : service.GetEndpoint("http");
}
