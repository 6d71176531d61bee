using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Provider;

internal static partial class ProviderSetup
{
    public const string Documents = "provider";

    public static void AddProviders(this WebApplicationBuilder builder)
    {
        // Codes and pushed requests work once: what was sent must not be sent again by a resilience handler.
        builder.Services.AddHttpClient(ProviderCalls.Client, Configure)
            .UseSocketsHttpHandler((handler, _) => Configure(handler))
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
        builder.Services.AddHttpClient(Documents, Configure)
            .UseSocketsHttpHandler((handler, _) => Configure(handler));

        builder.AddProvider(Options.DefaultName, OidcOptions.Section);
        foreach (var further in builder.Configuration.GetSection(OidcOptions.FurtherSection).GetChildren())
        {
            builder.AddProvider(NameOf(further), further.Path);
        }

        builder.Services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        builder.Services.AddSingleton<OpenIdProviders>();
        builder.Services.AddSingleton<ClientAuthentication>();
        builder.Services.AddSingleton<DPoPNonces>();
        builder.Services.AddSingleton<DPoPProver>();
        builder.Services.AddSingleton<ProviderCalls>();
        builder.Services.AddSingleton<ProviderForms>();
        builder.Services.AddSingleton<PushedRequests>();
        builder.Services.AddSingleton<CodeRedemption>();
        builder.Services.AddSingleton<UserInfo>();
    }

    private static void AddProvider(this WebApplicationBuilder builder, string name, string section)
    {
        builder.Services.AddSingleton(new ProviderName(name));
        builder.Services.AddOptions<OidcOptions>(name).BindConfiguration(section).ValidateOnStart();
    }

    // It stands in an address, compared exactly.
    private static string NameOf(IConfigurationSection section) => Name().IsMatch(section.Key)
        ? section.Key
        : throw new InvalidOperationException(
            $"{section.Path}: a provider's name consists of lower-case letters, digits and hyphens, for example 'acme'.");

    private static void Configure(HttpClient http)
    {
        http.Timeout = TimeSpan.FromSeconds(10);
        http.MaxResponseContentBufferSize = 256 * 1024;
    }

    // Only the endpoints that the metadata names are called (FAPI 2.0 section 5.3.3): redirects are not followed.
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(3);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Name();
}
