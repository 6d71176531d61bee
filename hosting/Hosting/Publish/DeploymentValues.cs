using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publish;

/// <summary>
/// Writes the values of the model for a deployment, in which services listen on one port inside, TLS ends in front of them, and
/// what is external has an address that only the deployment knows.
/// </summary>
internal static class DeploymentValues
{
    /// <summary>Where every service listens, as .NET's container images do.</summary>
    public const int ServicePort = 8080;

    /// <exception cref="DistributedApplicationException">The value has no meaning outside a run.</exception>
    public static PublishedText Write(object value) => value switch
    {
        string text => PublishedText.Of(text),
        ReferenceExpression expression => Write(expression),
        EndpointReference endpoint => Write(endpoint.Property(EndpointProperty.Url)),
        EndpointReferenceExpression part => Write(part),
        ParameterResource parameter => PublishedText.Of(VariableOf(parameter)),
        ConnectionStringReference connection => Write(connection.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Write(resource.ConnectionStringExpression),
        IResourceBuilder<IResource> builder => Write(builder.Resource),
        IValueProvider => throw new DistributedApplicationException(
            $"A value of type {value.GetType().Name} cannot be published: it is known only while the application runs."),
        _ => PublishedText.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    public static DeploymentVariable VariableOf(ParameterResource parameter) =>
        new(ResourceNames.ToVariable(parameter.Name), parameter.Secret, Description: parameter.Description);

    /// <summary>The public address of a service, <c>https://…</c> without a path.</summary>
    public static DeploymentVariable PublicAddressOf(string service) =>
        new($"{ResourceNames.ToVariable(service)}_URL", IsSecret: false, $"https://{service}.example.com");

    /// <summary>Where a service that is no part of the deployment listens.</summary>
    public static DeploymentVariable HostOf(string service) =>
        new($"{ResourceNames.ToVariable(service)}_HOST", IsSecret: false, service, IsOfStore: true);

    public static DeploymentVariable PortOf(IResource service) => new(
        $"{ResourceNames.ToVariable(service.Name)}_PORT", IsSecret: false, PortNumberOf(service).ToString(CultureInfo.InvariantCulture), IsOfStore: true);

    public static int PortNumberOf(IResource resource) => resource switch
    {
        RedisResource => 6379,
        KafkaServerResource => 9092,
        _ => ServicePort,
    };

    private static PublishedText Write(ReferenceExpression expression)
    {
        var parts = new List<PublishedText.Part>();
        var format = System.Text.CompositeFormat.Parse(expression.Format);
        var marks = Enumerable.Range(0, expression.ValueProviders.Count).Select(object (index) => $"\u0001{index}\u0001").ToArray();
        foreach (var (piece, isMark) in string.Format(CultureInfo.InvariantCulture, format, marks).Split('\u0001').Select((piece, index) => (piece, index % 2 == 1)))
        {
            if (isMark)
            {
                parts.AddRange(Write(expression.ValueProviders[int.Parse(piece, CultureInfo.InvariantCulture)]).Parts);
            }
            else if (piece.Length > 0)
            {
                parts.Add(new PublishedText.Part.Literal(piece));
            }
        }

        return new(parts);
    }

    private static PublishedText Write(EndpointReferenceExpression part)
    {
        var (endpoint, resource) = (part.Endpoint, part.Endpoint.Resource);
        if (resource is RedisResource or KafkaServerResource)
        {
            return part.Property switch
            {
                EndpointProperty.Host or EndpointProperty.IPV4Host => PublishedText.Of(HostOf(resource.Name)),
                EndpointProperty.Port or EndpointProperty.TargetPort => PublishedText.Of(PortOf(resource)),
                EndpointProperty.HostAndPort => new([.. PublishedText.Of(HostOf(resource.Name)).Parts,
                    new PublishedText.Part.Literal(":"), .. PublishedText.Of(PortOf(resource)).Parts]),
                _ => throw Unpublishable(part),
            };
        }

        return (part.Property, endpoint.EndpointAnnotation is { IsExternal: true, UriScheme: "https" }) switch
        {
            (EndpointProperty.Url, true) => PublishedText.Of(PublicAddressOf(resource.Name)),
            (EndpointProperty.Url, false) => PublishedText.Of($"http://{resource.Name}:{ServicePort}"),
            (EndpointProperty.Host or EndpointProperty.IPV4Host, false) => PublishedText.Of(resource.Name),
            (EndpointProperty.Port or EndpointProperty.TargetPort, false) => PublishedText.Of($"{ServicePort}"),
            (EndpointProperty.HostAndPort, false) => PublishedText.Of($"{resource.Name}:{ServicePort}"),
            (EndpointProperty.Scheme, var isPublic) => PublishedText.Of(isPublic ? "https" : "http"),
            _ => throw Unpublishable(part),
        };
    }

    private static DistributedApplicationException Unpublishable(EndpointReferenceExpression part) => new(
        $"{part.Property} of the endpoint '{part.Endpoint.EndpointName}' of '{part.Endpoint.Resource.Name}' cannot be published: " +
        "only its address (Url) is known to a deployment.");
}
