namespace Platform.IdP.Consents;

/// <summary>Says in plain words what a client asks for.</summary>
internal sealed class ConsentViews(
    ConsentStore consents, ScopeTexts texts, AuthorizationDetailsText details, UserDirectory users)
{
    public async Task<ConsentView> MakeAsync(
        string id, AuthorizationRequest request, Client client, SsoSession session, string formToken)
    {
        var former = request.Prompts.Contains("consent") ? null : await consents.FindAsync(session.Subject, client.Id);
        var scopes = request.Scopes.ToLookup(scope => scope != "offline_access" && former?.Scopes.Contains(scope) is true);
        var claims = RequestedClaims.Names(request.Claims).ToLookup(claim => former?.Claims.Contains(claim) is true);
        return new ConsentView(id, session.SessionId, client.Name, NameOf(session.Subject), formToken)
        {
            About = ClientAbout.Of(client),
            Asked = [.. scopes[false].Select(Scope), .. claims[false].Select(Claim)],
            Known = [.. scopes[true].Select(Scope), .. claims[true].Select(Claim)],
            Details = [.. details.Describe(request.AuthorizationDetails).Select(detail => new ConsentDetail(
                detail.Title, detail.Description, [.. detail.Lines.Select(line => KeyValuePair.Create(line.Title, line.Text))]))],
        };
    }

    private ConsentItem Scope(string scope) => new(scope, texts.Of(scope));

    private static ConsentItem Claim(string claim) => new(claim, ConsentTexts.Claim.With(claim.Replace('_', ' ')));

    private string NameOf(string subject) => users.FindBySubject(subject)?.Name ?? subject;
}
