using Microsoft.Extensions.Options;
using Platform.Bff.Defence;

namespace Platform.Bff.Keys;

internal static class KeysSetup
{
    public static void AddClientKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClientKeyOptions>().BindConfiguration(ClientKeyOptions.Section)
            .Validate(keys => keys.AnnounceFor >= TimeSpan.Zero && keys.RotateEvery > keys.AnnounceFor,
                "Bff:Keys:RotateEvery must be longer than Bff:Keys:AnnounceFor.")
            .Validate(keys => keys.KeepFor >= TimeSpan.FromHours(1), "Bff:Keys:KeepFor must be 01:00:00 or longer.")
            .Validate(keys => keys.RefreshEvery >= TimeSpan.FromMilliseconds(100) && keys.RefreshEvery <= TimeSpan.FromMinutes(5),
                "Bff:Keys:RefreshEvery must lie between 00:00:00.1 and 00:05:00.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ClientKeyOptions>, ConfiguredKeysValidator>();
        builder.Services.AddSingleton<ConfiguredKeys>();
        builder.Services.AddSingleton<KeyRingStore>();
        builder.Services.AddSingleton<ClientKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ClientKeys>());
    }

    public static void MapClientKeys(this WebApplication app) =>
        app.MapGet("/.well-known/jwks.json", ShowAsync).WithMetadata(CallPolicy.Public);

    // As all replicas have them, so that whoever looks for a key that another replica made a moment ago finds it (RFC 7517 section 5).
    private static async Task<IResult> ShowAsync(HttpResponse response, ClientKeys keys, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Text(
            (await keys.LookAgainAsync(cancellationToken)).Published.ToJson(), "application/jwk-set+json");
    }

    private sealed class ConfiguredKeysValidator : IValidateOptions<ClientKeyOptions>
    {
        public ValidateOptionsResult Validate(string? name, ClientKeyOptions options) =>
            ConfiguredKeys.Read(options.SigningKey).Fault is { } fault
                ? ValidateOptionsResult.Fail($"{ClientKeyOptions.Section}:SigningKey (BFF_JWT_SIGNING_KEY): {fault}")
                : ValidateOptionsResult.Success;
    }
}
