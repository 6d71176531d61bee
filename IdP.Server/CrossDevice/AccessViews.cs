namespace Platform.IdP.CrossDevice;

/// <summary>Shows people what they are asked to allow: nothing of it is kept from them.</summary>
internal sealed class AccessViews(ScopeTexts texts, AuthorizationDetailsText details)
{
    public AccessView Make(CrossDeviceRequest request) => new(
        [.. request.Scopes.Select(scope => new AccessScopeView(scope, texts.Of(scope)))],
        [.. details.Describe(request.AuthorizationDetails).Select(detail => new AccessDetailView(
            detail.Title, [.. detail.Lines.Select(line => KeyValuePair.Create(line.Title, line.Text))]))]);
}
