using Microsoft.Extensions.Options;

namespace Platform.IdP.Interaction;

internal sealed class InteractionOptionsValidator : IValidateOptions<InteractionOptions>
{
    public ValidateOptionsResult Validate(string? name, InteractionOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(InteractionOptions options)
    {
        if (!IsClass(options.PasswordClass) || !IsClass(options.MultiFactorClass) ||
            options.PasswordClass == options.MultiFactorClass)
            yield return "Idp:Interaction: PasswordClass and MultiFactorClass must be two different names without spaces.";
        if (options.ConsentLifetime < TimeSpan.FromMinutes(1) || options.ConsentLifetime > TimeSpan.FromDays(3650))
            yield return "Idp:Interaction:ConsentLifetime must be between one minute and ten years.";
    }

    // acr_values is a list that spaces separate.
    private static bool IsClass(string name) => name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal);
}
