using Microsoft.Extensions.Options;

namespace Platform.IdP.Interaction;

/// <summary>Authentication context classes (acr): which ones there are, and which one a session has reached.</summary>
internal sealed class AuthenticationClasses(IOptions<InteractionOptions> options)
{
    private readonly InteractionOptions _names = options.Value;

    /// <summary>From the weakest to the strongest.</summary>
    public IReadOnlyList<string> All => [_names.PasswordClass, _names.MultiFactorClass];

    /// <summary>Whether one of the essential classes, when there are any, exists here.</summary>
    public bool CanReach(AuthorizationRequest request) =>
        request.EssentialClasses.Count == 0 || request.EssentialClasses.Any(All.Contains);

    /// <summary>Whether the session has one of the essential classes.</summary>
    public bool IsReached(AuthorizationRequest request, SsoSession session) =>
        request.EssentialClasses.Count == 0 || request.EssentialClasses.Any(name => Has(session.Methods, name));

    /// <summary>Whether a second factor would reach a class that was asked for, where the session has none of them.</summary>
    public bool WouldStepUp(AuthorizationRequest request, SsoSession session) =>
        request.AuthenticationClasses.Contains(_names.MultiFactorClass) &&
        !request.AuthenticationClasses.Any(name => Has(session.Methods, name));

    /// <summary>The strongest class that these methods reach.</summary>
    public string Of(IReadOnlyList<string> methods) => All.Last(name => Has(methods, name));

    /// <summary>
    /// The acr that the client is told: the first of those it asked for that the session has, else the strongest.
    /// </summary>
    public string Of(AuthorizationRequest request, SsoSession session) =>
        request.EssentialClasses.Concat(request.AuthenticationClasses).FirstOrDefault(name => Has(session.Methods, name))
        ?? Of(session.Methods);

    // A second factor includes the first.
    private bool Has(IReadOnlyList<string> methods, string name) =>
        name == _names.PasswordClass || (name == _names.MultiFactorClass && methods.Contains(AuthenticationMethods.MultiFactor));
}
