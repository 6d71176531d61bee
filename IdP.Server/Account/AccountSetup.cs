namespace Platform.IdP.Account;

internal static class AccountSetup
{
    public static void AddAccount(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AccountRequests>();
        builder.Services.AddSingleton<AccountViews>();
        builder.Services.AddSingleton<SessionEnding>();
        builder.Services.AddSingleton<PasswordChange>();
        builder.Services.AddSingleton<PendingApps>();
        builder.Services.AddSingleton<FactorEnrolment>();
    }

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        AccountEndpoints.Map(routes);
        PasswordEndpoints.Map(routes);
        AuthenticatorAppEndpoints.Map(routes);
        RecoveryCodesEndpoint.Map(routes);
    }
}
