using Microsoft.Extensions.Options;

namespace Platform.IdP.Keys;

internal static class KeysSetup
{
    public static void AddKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section);
        builder.Services.AddSingleton(services => new SigningKeys(Path.Combine(
            services.GetRequiredService<IHostEnvironment>().ContentRootPath,
            services.GetRequiredService<IOptions<KeyOptions>>().Value.Folder)));
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<SigningKeys>()));
    }
}
