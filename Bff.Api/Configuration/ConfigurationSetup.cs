using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Bff.Registration;

namespace Platform.Bff.Configuration;

internal static class ConfigurationSetup
{
    public static void AddBffConfiguration(this WebApplicationBuilder builder)
    {
        SeedVariables.Apply(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<BffOptions>().BindConfiguration(BffOptions.Section).ValidateOnStart()
            .PostConfigure<IOptions<RegistrationOptions>>(TakeOriginsOfCallbacks)
            .Validate<IHostEnvironment>(
                (bff, environment) => bff.IsHttps || (bff.IsOfThisMachine && environment.IsDevelopment()),
                "Bff:PublicUrl must be https: its cookies are Secure. Plain http is for Development on this machine (http://localhost:5000).")
            .Validate(
                bff => bff.SignInLifetime >= TimeSpan.FromSeconds(30) && bff.SignInLifetime <= TimeSpan.FromHours(1),
                "Bff:SignInLifetime must lie between 00:00:30 and 01:00:00.")
            .Validate(
                bff => bff.Origins.All(BffOptions.IsOrigin),
                "Bff:Origins must be https origins without a path, for example https://portal.example.")
            .Validate(
                bff => bff.ReturnUrls.All(BffOptions.IsReturnUrl),
                "Bff:ReturnUrls must be https addresses without query, fragment and user name, for example https://app.example/start.");
        builder.Services.AddSingleton<PublicOrigins>();
        builder.Services.AddSingleton<IValidateOptions<BffOptions>, BffOptionsValidator>();

        builder.KeepAddressesOutOfLogs();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    // A deployment that lists its callbacks need not list its hosts as well.
    private static void TakeOriginsOfCallbacks(BffOptions bff, IOptions<RegistrationOptions> registration)
    {
        if (bff is { DynamicCallback: true, Origins: [] })
        {
            foreach (var callback in registration.Value.RedirectUriList)
            {
                bff.Origins.Add(PublicOrigins.OriginOf(callback));
            }
        }
    }
}
