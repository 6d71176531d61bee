using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Proxies;

namespace Platform.IdP.Protocol;

internal static class ProtocolSetup
{
    private const long LargestBody = 64 * 1024;

    public static void AddProtocol(this WebApplicationBuilder builder)
    {
        builder.AddIdpConfiguration();
        builder.AddTrustedProxies(IdpOptions.Section);
        builder.AddLimits();
        builder.AddLanguages();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });

        builder.KeepAddressesOutOfLogs();
        builder.Services.AddSingleton<BearerAuthentication>();
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<AntiforgeryOptions>().Configure<IOptions<IdpOptions>>(ProtectForms);
        builder.AddRedisKeyRing("idp");
    }

    private static void ProtectForms(AntiforgeryOptions antiforgery, IOptions<IdpOptions> idp)
    {
        // ASP.NET Core insists on TLS for a Secure cookie; browsers do not, on this machine.
        var isHttps = idp.Value.Issuer.StartsWith("https:", StringComparison.Ordinal);
        antiforgery.Cookie.Name = isHttps ? "__Host-idp-form" : "idp-form";
        antiforgery.Cookie.Path = "/";
        antiforgery.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        antiforgery.Cookie.SameSite = SameSiteMode.Lax;
        antiforgery.FormFieldName = "form_token";
        antiforgery.SuppressXFrameOptionsHeader = true;
    }

    public static void UseProtocol(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseSecurityHeaders();
        app.UseFailureAnswers();
        app.UseAddressLimit();
        app.UseStaticFiles();
        app.UseCors();
        app.UseReadableForms();
        app.UseLanguages();
    }
}
