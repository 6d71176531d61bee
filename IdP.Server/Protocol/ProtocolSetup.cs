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
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "__Host-idp-form";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.FormFieldName = "form_token";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        builder.AddRedisKeyRing("idp");
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
