using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publish;

namespace Aspire.Hosting;

/// <summary>The variables that every project gets.</summary>
internal static class ProjectEnvironment
{
    /// <summary>The launch profile's own; what the model says wins. It is for development: a deployment has none.</summary>
    public static void AddProfile(EnvironmentCallbackContext context, string name, LaunchProfile profile)
    {
        if (context.ExecutionContext.IsPublishMode)
        {
            return;
        }

        context.EnvironmentVariables["DOTNET_LAUNCH_PROFILE"] = name;
        foreach (var (variable, value) in profile.EnvironmentVariables)
        {
            context.EnvironmentVariables.TryAdd(variable, LaunchProfiles.Expand(value));
        }
    }

    /// <summary>Where to listen, and the public port to which ASP.NET Core redirects.</summary>
    public static void AddUrls(EnvironmentCallbackContext context)
    {
        if (context.ExecutionContext.IsPublishMode)
        {
            context.EnvironmentVariables["HTTP_PORTS"] = DeploymentValues.ServicePort;
            return;
        }

        var endpoints = ((IResourceWithEndpoints)context.Resource).GetEndpoints()
            .Where(endpoint => endpoint.EndpointAnnotation is { UriScheme: "http" or "https", Variable: null })
            .ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        context.EnvironmentVariables["ASPNETCORE_URLS"] = new JoinedValues(";", [.. endpoints.Select(endpoint => ReferenceExpression.Create(
            $"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}"))]);
        if (endpoints.FirstOrDefault(endpoint => endpoint.IsHttps) is { } https)
        {
            context.EnvironmentVariables["ASPNETCORE_HTTPS_PORT"] = https.Property(EndpointProperty.Port);
        }
    }

    private sealed class JoinedValues(string separator, ReferenceExpression[] parts) : IValueProvider
    {
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new(), cancellationToken);

        public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
        {
            var values = new List<string?>();
            foreach (var part in parts)
            {
                values.Add(await part.GetValueAsync(context, cancellationToken));
            }

            return string.Join(separator, values);
        }
    }
}
