using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

internal static class DeviceSetup
{
    public const string AuthorizationPath = "/device_authorization";

    public static void AddDevice(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DeviceOptions>().BindConfiguration(DeviceOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<DeviceOptions>, DeviceOptionsValidator>();
        builder.Services.AddSingleton(new StartPrerequisite(services => _ = services.GetRequiredService<IOptions<DeviceOptions>>().Value));
        if (!IsEnabled(builder.Configuration))
        {
            return;
        }

        builder.Services.AddSingleton<DeviceRequestStore>();
        builder.Services.AddSingleton<UserCodeAttempts>();
        builder.Services.AddSingleton<DeviceCodeEntry>();
        builder.Services.AddSingleton<DeviceAuthorizationEndpoint>();
        builder.Services.AddSingleton<IGrant, DeviceCodeGrant>();

        // RFC 8628 section 4
        builder.Services.AddSingleton(new MetadataPart((metadata, services) =>
            metadata["device_authorization_endpoint"] =
                services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer + AuthorizationPath));
    }

    public static void MapDevice(this IEndpointRouteBuilder routes)
    {
        if (!IsEnabled(routes.ServiceProvider.GetRequiredService<IConfiguration>()))
        {
            return;
        }

        routes.MapPost(AuthorizationPath, (HttpRequest request, DeviceAuthorizationEndpoint endpoint,
            CancellationToken cancellationToken) => endpoint.HandleAsync(request, cancellationToken));
        routes.MapDevicePages();
    }

    private static bool IsEnabled(IConfiguration configuration) =>
        configuration.GetValue($"{DeviceOptions.Section}:{nameof(DeviceOptions.Enabled)}", true);
}
