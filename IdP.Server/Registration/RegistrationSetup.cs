using Microsoft.Extensions.Options;

namespace Platform.IdP.Registration;

internal static partial class RegistrationSetup
{
    public const string Path = "/register";

    public static void AddRegistration(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section);
        builder.Services.AddSingleton(services => RegistrationPolicyFile.Read(services.ConfigurationFile("dcr_config.yaml")));
        builder.Services.AddSingleton(services => new RegisteredEntries(services.ConfigurationFile("clients.yaml")));
        builder.Services.AddSingleton<InitialAccessTokenStore>();
        builder.Services.AddSingleton<SectorIdentifierCheck>();
        builder.Services.AddSingleton<RegistrationValidator>();
        builder.Services.AddSingleton<ClientRegistration>();
        builder.Services.AddSingleton<RegistrationEndpoint>();
        builder.Services.AddSingleton<ClientConfigurationEndpoint>();
        builder.Services.AddSingleton(new StartPrerequisite(Check));
        builder.Services.AddSingleton(new MetadataPart((metadata, services) =>
        {
            if (services.GetRequiredService<IOptions<RegistrationOptions>>().Value.Enabled)
            {
                metadata["registration_endpoint"] = services.GetRequiredService<IOptions<IdpOptions>>().Value.Issuer + Path;
            }
        }));
    }

    public static void MapRegistration(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<RegistrationOptions>>().Value.Enabled)
        {
            return;
        }

        app.MapPost(Path, (HttpRequest http, RegistrationEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(http, cancellationToken));
        var client = app.MapGroup(Path + "/{clientId}");
        client.MapGet("", (HttpRequest http, string clientId, ClientConfigurationEndpoint endpoint) =>
            endpoint.ReadAsync(http, clientId));
        client.MapPut("", (HttpRequest http, string clientId, ClientConfigurationEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.UpdateAsync(http, clientId, cancellationToken));
        client.MapDelete("", (HttpRequest http, string clientId, ClientConfigurationEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.DeleteAsync(http, clientId, cancellationToken));
        app.MapPost(InitialAccessTokenEndpoint.Path, InitialAccessTokenEndpoint.Issue);
    }

    private static void Check(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<RegistrationOptions>>().Value;
        if (!options.Enabled)
        {
            return;
        }

        services.GetRequiredService<RegistrationPolicy>();
        if (options.Open)
        {
            LogOpen(services.GetRequiredService<ILogger<RegistrationEndpoint>>());
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "REGISTRATION IS OPEN: anybody may register a client without an initial access token (Idp:Registration:Open).")]
    private static partial void LogOpen(ILogger logger);
}
