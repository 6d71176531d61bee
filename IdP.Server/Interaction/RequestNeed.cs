namespace Platform.IdP.Interaction;

/// <summary>What a request lacks before a code may be issued.</summary>
/// <param name="Error">What the client is told when nobody can be asked (OpenID Connect Core section 3.1.2.6).</param>
/// <param name="Page">Where the person is asked; null when asking does not help.</param>
internal sealed record RequestNeed(string Error, string Description, string? Page)
{
    public static readonly RequestNeed SignIn =
        new("login_required", "The user must sign in.", InteractionEndpoints.LoginPath);

    public static readonly RequestNeed Account =
        new("account_selection_required", "The user must choose an account.", AccountChoiceEndpoints.Path);

    public static readonly RequestNeed SecondFactor =
        new("login_required", "The user must show a second factor.", SecondFactorEndpoints.Path);

    public static readonly RequestNeed Consent =
        new("consent_required", "The user must consent.", ConsentEndpoints.Path);

    public static readonly RequestNeed OtherPerson =
        new("login_required", "The user who signed in is not the one whom the request is about.", null);

    /// <summary>OpenID Connect Core Error Code unmet_authentication_requirements.</summary>
    public static readonly RequestNeed Stronger = new("unmet_authentication_requirements",
        "The user cannot be authenticated in the way that the request demands.", null);
}
