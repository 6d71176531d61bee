using Microsoft.Extensions.Options;

namespace Platform.Caep.Policy;

internal static class PolicySetup
{
    public static void AddPolicy(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new PolicyFile(provider.GetRequiredService<IOptions<PolicyOptions>>().Value.Path));
        services.AddSingleton<EventPolicy>();
        services.AddHostedService<PolicyReload>(); // needs the policy: a broken file stops the start
    }
}
