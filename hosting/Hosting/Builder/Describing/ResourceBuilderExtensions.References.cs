using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Injects the connection string as <c>ConnectionStrings__{name}</c>, and its parts as <c>{NAME}_{PART}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null,
        bool optional = false) where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        builder.Refer(resource);
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] =
                new ConnectionStringReference(resource, optional);
            foreach (var (part, value) in resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[$"{ResourceNames.ToVariable(name)}_{part.ToUpperInvariant()}"] = value;
            }
        });
    }

    /// <summary>Injects the addresses of all endpoints, as service discovery reads them.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.WithReference(source, source.Resource.Name);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        builder.Refer(source.Resource);
        return builder.WithEnvironment(context =>
        {
            var counts = new Dictionary<string, int>();
            foreach (var endpoint in source.Resource.GetEndpoints())
            {
                var index = counts.GetValueOrDefault(endpoint.Scheme);
                counts[endpoint.Scheme] = index + 1;
                context.AddEndpoint(name, endpoint, index);
            }
        });
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference) where TDestination : IResourceWithEnvironment
    {
        builder.Refer(endpointReference);
        return builder.WithEnvironment(context => context.AddEndpoint(endpointReference.Resource.Name, endpointReference, 0));
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, string name, Uri uri) where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
        {
            throw new InvalidOperationException($"'{uri}' cannot be referred to as '{name}': it has to be absolute and without a path.");
        }

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString()).WithEnvironment(name, uri.ToString());
    }

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithRelationship(resourceBuilder.Resource, "Reference");

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, "Parent");

    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    private static void AddEndpoint(this EnvironmentCallbackContext context, string name, EndpointReference endpoint, int index)
    {
        context.EnvironmentVariables[$"services__{name}__{endpoint.Scheme}__{index}"] = endpoint;
        context.EnvironmentVariables[$"{ResourceNames.ToVariable(name)}_{ResourceNames.ToVariable(endpoint.EndpointName)}"] = endpoint;
    }

    /// <summary>Notes the resources of which a value is made, for the graph.</summary>
    private static void Refer<T>(this IResourceBuilder<T> builder, object value) where T : IResource
    {
        switch (value)
        {
            case IResource resource when !ReferenceEquals(resource, builder.Resource):
                if (!builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                    .Any(known => known.Resource == resource && known.Type == "Reference"))
                {
                    builder.WithRelationship(resource, "Reference");
                }

                break;

            case IValueWithReferences composed and not IResource:
                foreach (var part in composed.References)
                {
                    builder.Refer(part);
                }

                break;
        }
    }
}
