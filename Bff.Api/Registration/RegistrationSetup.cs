using Microsoft.Extensions.Options;

namespace Platform.Bff.Registration;

internal static class RegistrationSetup
{
    public static void AddRegistration(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RegistrationOptions>, RegistrationOptionsValidator>();
        builder.Services.AddSingleton<RegistrationMemory>();
        builder.Services.AddSingleton<RegistrationRequests>();
        builder.Services.AddSingleton<ClientRegistration>();
        builder.Services.AddSingleton<RegistrationAtStart>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RegistrationAtStart>());
        builder.Services.AddHealthChecks().Add(new(
            "registration", services => services.GetRequiredService<RegistrationAtStart>(), failureStatus: null, tags: null));
    }
}
