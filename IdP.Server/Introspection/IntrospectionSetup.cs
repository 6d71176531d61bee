using System.Text.Json.Nodes;
using Platform.IdP.Resources;

namespace Platform.IdP.Introspection;

internal static partial class IntrospectionSetup
{
    public const string Path = "/introspect";

    public static void AddIntrospection(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenIntrospection>();
        builder.Services.AddSingleton<IntrospectionEndpoint>();
        builder.Services.AddSingleton(new StartPrerequisite(WarnOfUnknownClients));

        // RFC 8414 section 2, RFC 9701 section 7
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
        {
            metadata["introspection_endpoint"] = metadata["issuer"] + Path;
            metadata["introspection_endpoint_auth_methods_supported"] =
                Confidential(metadata["token_endpoint_auth_methods_supported"]!.AsArray());
            metadata["introspection_signing_alg_values_supported"] = MetadataPart.List(KeyAlgorithms.All);
        }));
    }

    public static void MapIntrospection(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpRequest request, IntrospectionEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken));

    // A public client proves nothing.
    private static JsonArray Confidential(JsonArray methods) => MetadataPart.List(
        methods.Select(method => method!.GetValue<string>()).Where(method => method != ClientAuthenticationMethods.None));

    // Not a fault: the client may yet register itself.
    private static void WarnOfUnknownClients(IServiceProvider services)
    {
        var clients = services.GetRequiredService<ClientRegistry>();
        foreach (var resource in services.GetRequiredService<ResourceRegistry>().All)
        {
            foreach (var unknown in resource.IntrospectionClients.Where(id => clients.Find(id) is null))
            {
                LogUnknown(services.GetRequiredService<ILogger<IntrospectionEndpoint>>(), resource.Audience, unknown);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "resources.yaml lets the client {ClientId} introspect tokens for {Audience}, but there is no such client.")]
    private static partial void LogUnknown(ILogger logger, string audience, string clientId);
}
