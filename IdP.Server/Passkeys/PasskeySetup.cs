using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Passkeys;

internal static class PasskeySetup
{
    public static void AddPasskeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddIdentityCore<User>().AddUserStore<PasskeyUserStore>();
        builder.Services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        builder.Services.AddSingleton<PasskeyUserStore>();
        builder.Services.AddSingleton<PasskeyCeremonies>();
        builder.Services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<IdpOptions>>((passkeys, idp) =>
        {
            var issuer = idp.Value.Issuer;
            passkeys.ServerDomain = Uri.TryCreate(issuer, UriKind.Absolute, out var uri) ? uri.Host : null;

            // The person shows the device that it is she: possession and knowledge (or biometrics) are two factors.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "preferred";
            passkeys.AttestationConveyancePreference = "none";

            // WebAuthn section 13.4.9: this very origin, and in no frame of another.
            passkeys.ValidateOrigin = context => ValueTask.FromResult(context.Origin == issuer && !context.CrossOrigin);
        });
    }

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        PasskeyEnrolmentEndpoints.Map(routes);
        PasskeySignInEndpoints.Map(routes);
    }
}
