namespace Platform.IdP.Interaction;

internal static class InteractionSetup
{
    public static void AddInteraction(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InteractionRequests>();
        builder.Services.AddSingleton<SignIn>();
        builder.Services.AddSingleton<SignInAttempts>();
        builder.Services.AddSingleton<SsoSessionStore>();
        builder.Services.AddSingleton<SsoCookie>();
        builder.Services.AddSingleton<LocalSignIn>();
    }
}
