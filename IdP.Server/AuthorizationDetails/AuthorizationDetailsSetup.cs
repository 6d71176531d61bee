namespace Platform.IdP.AuthorizationDetails;

internal static class AuthorizationDetailsSetup
{
    public static void AddAuthorizationDetails(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
            AuthorizationDetailsTypes.Read(services.ConfigurationFile(AuthorizationDetailsTypes.FileName)));
        builder.Services.AddSingleton<AuthorizationDetailsPolicy>();
        builder.Services.AddSingleton<AuthorizationDetailsText>();
        builder.Services.AddSingleton(new StartPrerequisite(
            services => services.GetRequiredService<AuthorizationDetailsTypes>()));

        // RFC 9396 section 10
        builder.Services.AddSingleton(new MetadataPart((metadata, services) =>
        {
            if (services.GetRequiredService<AuthorizationDetailsTypes>().Names.ToList() is { Count: > 0 } names)
            {
                metadata["authorization_details_types_supported"] = MetadataPart.List(names);
            }
        }));
    }
}
