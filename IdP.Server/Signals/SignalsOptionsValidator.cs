using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals;

internal sealed class SignalsOptionsValidator : IValidateOptions<SignalsOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalsOptions options) =>
        !Enum.IsDefined(options.SessionEstablished) ? Fault(nameof(options.SessionEstablished))
        : !Enum.IsDefined(options.SessionPresented) ? Fault(nameof(options.SessionPresented))
        : string.IsNullOrWhiteSpace(options.AssuranceNamespace)
            ? ValidateOptionsResult.Fail("Signals:AssuranceNamespace is empty: name what the acr values are values of.")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fault(string setting) =>
        ValidateOptionsResult.Fail($"Signals:{setting} must be Nobody, Streams or All.");
}
