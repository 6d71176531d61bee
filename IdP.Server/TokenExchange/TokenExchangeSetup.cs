using Platform.IdP.Resources;

namespace Platform.IdP.TokenExchange;

internal static class TokenExchangeSetup
{
    private const string Enabled = "Idp:TokenExchange:Enabled";

    public static void AddTokenExchange(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue(Enabled, true))
        {
            return;
        }

        builder.Services.AddSingleton(services => ExchangePolicy.Read(
            services.ConfigurationFile(ExchangePolicy.FileName), services.GetRequiredService<ResourceRegistry>()));
        builder.Services.AddSingleton(new StartPrerequisite(services => services.GetRequiredService<ExchangePolicy>()));
        builder.Services.AddSingleton<PresentedTokens>();
        builder.Services.AddSingleton<PresentedIdTokens>();
        builder.Services.AddSingleton<ExchangeTargets>();
        builder.Services.AddSingleton<IGrant, TokenExchangeGrant>();
    }
}
