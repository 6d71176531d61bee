using Microsoft.Extensions.Options;

namespace Platform.IdP.Keys;

internal static class KeysSetup
{
    public static void AddKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>();
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<KeyOptions>>().Value;
            var root = services.GetRequiredService<IHostEnvironment>().ContentRootPath;
            return new KeyFolder(Path.Combine(root, options.Folder), options.Secret);
        });
        builder.Services.AddSingleton<KeyRotation>();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddHostedService<KeyRefresh>();
        builder.Services.AddSingleton(new StartPrerequisite(services =>
            IdpTelemetry.ObserveSigningKeys(services.GetRequiredService<SigningKeys>().Ages)));
    }

    public static void MapKeys(this IEndpointRouteBuilder routes) => routes.MapPost(KeyRotationEndpoint.Path, KeyRotationEndpoint.Rotate);
}
