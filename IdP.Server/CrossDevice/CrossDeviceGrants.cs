namespace Platform.IdP.CrossDevice;

/// <summary>What comes of a person's yes: a grant that does not depend on the browser in which she said it.</summary>
internal static class CrossDeviceGrants
{
    public static AuthorizationGrant By(SsoSession session, CrossDeviceRequest request) => new()
    {
        Id = Handle.New(),
        ClientId = request.ClientId,
        Subject = session.Subject,
        Scopes = request.Scopes,
        Resources = request.Resources,
        AuthorizationDetails = request.AuthorizationDetails,
        AuthenticatedAt = session.AuthenticatedAt,
        AuthenticationClass = session.AuthenticationClass,
        AuthenticationMethods = session.Methods,
    };
}
