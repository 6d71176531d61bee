using Microsoft.Extensions.Options;

namespace Platform.IdP.Interaction;

internal static class InteractionSetup
{
    public static void AddInteraction(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InteractionOptions>().BindConfiguration(InteractionOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<InteractionOptions>, InteractionOptionsValidator>();
        builder.Services.AddSingleton(new MetadataPart(static (metadata, services) =>
            metadata["acr_values_supported"] = MetadataPart.List(services.GetRequiredService<AuthenticationClasses>().All)));
        builder.Services.AddSingleton<InteractionRequests>();
        builder.Services.AddSingleton<RequestNeeds>();
        builder.Services.AddSingleton<AuthenticationClasses>();
        builder.Services.AddSingleton<PendingSignIns>();
        builder.Services.AddSingleton<SecondFactorStage>();
        builder.Services.AddSingleton<SignInCompletion>();
        builder.Services.AddSingleton<SignIn>();
        builder.Services.AddSingleton<AttemptCounters>();
        builder.Services.AddSingleton<SignInAttempts>();
        builder.Services.AddSingleton<SsoSessionStore>();
        builder.Services.AddSingleton<SsoCookie>();
        builder.Services.AddSingleton<LocalSignIn>();
    }
}
