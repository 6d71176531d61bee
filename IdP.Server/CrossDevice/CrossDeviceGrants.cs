namespace Platform.IdP.CrossDevice;

/// <summary>What comes of a yes: a grant that does not depend on the browser in which it was said.</summary>
internal static class CrossDeviceGrants
{
    /// <summary>By a person who is signed in.</summary>
    public static AuthorizationGrant By(SsoSession session, CrossDeviceRequest request) =>
        New(request, session.Subject, session.AuthenticatedAt) with
        {
            AuthenticationClass = session.AuthenticationClass,
            AuthenticationMethods = session.Methods,
        };

    /// <summary>By the operator's own means.</summary>
    /// <param name="authenticationClass">What these answer for.</param>
    public static AuthorizationGrant ByOperator(
        CrossDeviceRequest request, string subject, string? authenticationClass, DateTimeOffset now) =>
        New(request, subject, now) with { AuthenticationClass = authenticationClass };

    private static AuthorizationGrant New(CrossDeviceRequest request, string subject, DateTimeOffset authenticatedAt) => new()
    {
        Id = Handle.New(),
        ClientId = request.ClientId,
        Subject = subject,
        Scopes = request.Scopes,
        Resources = request.Resources,
        AuthorizationDetails = request.AuthorizationDetails,
        Claims = request.Claims,
        AuthenticatedAt = authenticatedAt,
    };
}
