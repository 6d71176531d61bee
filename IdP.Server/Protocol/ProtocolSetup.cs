using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Protocol;

internal static class ProtocolSetup
{
    private const long LargestBody = 64 * 1024;

    public static void AddProtocol(this WebApplicationBuilder builder)
    {
        builder.AddIdpConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });

        // These lines hold whole URLs, and with them request_uri, codes and id_token_hint.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        // Warns that the key ring is not encrypted, which is meant so (RedisXmlRepository).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.Services.AddSingleton<BearerAuthentication>();
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "__Host-idp-form";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.FormFieldName = "form_token";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.AddDataProtection().SetApplicationName("idp");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository =
                new RedisXmlRepository(services.GetRequiredService<IConnectionMultiplexer>())));
    }

    public static void UseProtocol(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseSecurityHeaders();
        app.UseFailureAnswers();
        app.UseStaticFiles();
    }
}
