using Microsoft.Extensions.Options;

namespace Platform.IdP.Credentials;

internal static class CredentialSetup
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CredentialOptions>().BindConfiguration(CredentialOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<CredentialOptions>, CredentialOptionsValidator>();
        builder.Services.AddSingleton(services => new CredentialStore(Path.Combine(
            services.GetRequiredService<IHostEnvironment>().ContentRootPath,
            services.GetRequiredService<IOptions<CredentialOptions>>().Value.Folder),
            services.GetRequiredService<CredentialEvents>(), services.GetRequiredService<ILogger<CredentialStore>>()));
        builder.Services.AddSingleton<CredentialEvents>();
        builder.Services.AddHostedService<CredentialRecovery>();
        builder.Services.AddSingleton<CredentialSeal>();
        builder.Services.AddSingleton<SecondFactors>();
    }
}
