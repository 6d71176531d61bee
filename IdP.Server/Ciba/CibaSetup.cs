using Microsoft.Extensions.Options;

namespace Platform.IdP.Ciba;

internal static partial class CibaSetup
{
    public const string AuthenticationPath = "/bc-authorize";

    public static void AddCiba(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CibaOptions>().BindConfiguration(CibaOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<CibaOptions>, CibaOptionsValidator>();
        builder.Services.AddSingleton(new StartPrerequisite(Check));
        if (!Options(builder.Configuration).Enabled)
        {
            return;
        }

        builder.Services.AddSingleton<CibaRequestStore>();
        builder.Services.AddSingleton<CibaRequestValidator>();
        builder.Services.AddSingleton<HintedUser>();
        builder.Services.AddSingleton<SignedRequestReader>();
        builder.Services.AddSingleton<BackchannelAuthenticationEndpoint>();
        builder.Services.AddSingleton<CibaDecisions>();
        builder.Services.AddSingleton<CibaViews>();
        builder.Services.AddNotifications<PingNotification, PingQueue, PingSender>();
        builder.Services.AddSingleton<IGrant, CibaGrant>();

        builder.Services.AddSingleton(services => new AccountSection((session, _) =>
            FindNoticeAsync(services.GetRequiredService<CibaRequestStore>(), session)));

        // CIBA Core section 4
        builder.Services.AddSingleton(new MetadataPart((metadata, services) =>
        {
            metadata["backchannel_authentication_endpoint"] =
                services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer + AuthenticationPath;
            metadata["backchannel_token_delivery_modes_supported"] = MetadataPart.List(CibaModes.All);
            metadata["backchannel_authentication_request_signing_alg_values_supported"] = MetadataPart.List(["ES256", "PS256"]);
            metadata["backchannel_user_code_parameter_supported"] = false;
        }));
    }

    public static void MapCiba(this IEndpointRouteBuilder routes)
    {
        var options = Options(routes.ServiceProvider.GetRequiredService<IConfiguration>());
        if (!options.Enabled)
        {
            return;
        }

        routes.MapPost(AuthenticationPath, (HttpRequest request, BackchannelAuthenticationEndpoint endpoint,
            CancellationToken cancellationToken) => endpoint.HandleAsync(request, cancellationToken));
        routes.MapCibaPages();
        routes.MapDecisions(options);
    }

    private static async Task<AccountNotice?> FindNoticeAsync(CibaRequestStore requests, SsoSession session) =>
        await requests.ListWaitingAsync(session.Subject) is { Count: > 0 }
            ? new AccountNotice(CibaTexts.Notice, CibaPages.Path, CibaTexts.SeeRequest)
            : null;

    private static CibaOptions Options(IConfiguration configuration) =>
        configuration.GetSection(CibaOptions.Section).Get<CibaOptions>() ?? new CibaOptions();

    private static void Check(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<CibaOptions>>().Value is { Enabled: true, AutomationKey: not null })
        {
            LogAutomation(services.GetRequiredService<ILogger<CibaOptions>>());
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "BACKCHANNEL AUTHENTICATION IS DECIDED BY A KEY IN AN ADDRESS (Idp:Ciba:AutomationKey): whoever has it signs in as " +
        "anybody. This is for test beds: remove the key everywhere else.")]
    private static partial void LogAutomation(ILogger logger);
}
