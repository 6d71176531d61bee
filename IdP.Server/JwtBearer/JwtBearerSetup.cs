using Platform.IdP.Resources;

namespace Platform.IdP.JwtBearer;

internal static class JwtBearerSetup
{
    private const string Enabled = "Idp:JwtBearer:Enabled";

    public static void AddJwtBearer(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue(Enabled, true))
        {
            return;
        }

        builder.Services.AddSingleton(services => TrustedIssuers.Read(
            services.ConfigurationFile(TrustedIssuers.FileName), services.GetRequiredService<ResourceRegistry>()));
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<TrustedIssuers>()));
        builder.Services.AddSingleton<IssuerKeys>();
        builder.Services.AddSingleton<IGrant, JwtBearerGrant>();
    }
}
