using Microsoft.Extensions.Options;

namespace Platform.Bff.Registration;

internal static class RegistrationSetup
{
    public static void AddRegistration(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RegistrationOptions>, RegistrationOptionsValidator>();
    }
}
