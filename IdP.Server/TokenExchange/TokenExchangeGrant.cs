using Microsoft.Extensions.Options;

namespace Platform.IdP.TokenExchange;

/// <summary>
/// RFC 8693: a client gets another token about the same person, for another resource server. The new token belongs to the
/// same grant and dies with it; there is no refresh token.
/// </summary>
internal sealed class TokenExchangeGrant(
    ExchangePolicy policy, PresentedTokens presented, PresentedIdTokens idTokens, ExchangeTargets targets,
    TokenIssuer issuer, IOptions<IdpOptions> options) : IGrant
{
    public string GrantType => GrantTypes.TokenExchange;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var (client, parameters) = (request.Client, request.Parameters);

        // Section 2.1
        if (parameters["subject_token"] is not { } subjectToken || parameters["subject_token_type"] is not { } subjectType)
            return Invalid("subject_token or subject_token_type is missing.");
        if (!TokenTypes.IsAccessToken(subjectType) && subjectType != TokenTypes.IdToken)
            return Invalid("The subject_token_type is not supported.");
        if (parameters["requested_token_type"] is { } requestedType && !TokenTypes.IsAccessToken(requestedType))
            return Invalid("The requested_token_type is not supported.");
        var actorToken = parameters["actor_token"];
        if (actorToken is null != parameters["actor_token_type"] is null)
            return Invalid("actor_token and actor_token_type go together.");
        if (parameters["actor_token_type"] is { } actorType && !TokenTypes.IsAccessToken(actorType))
            return Invalid("The actor_token_type is not supported.");

        // Who is not named in the policy exchanges nothing.
        if (policy.Find(client) is not { } rule)
            return new TokenCheck.Refused("unauthorized_client", "This client may not exchange tokens.", "no rule names it");

        // Section 2.2.2: what is wrong with a token is invalid_request.
        var subjectCheck = subjectType == TokenTypes.IdToken
            ? await idTokens.CheckAsync(subjectToken, client)
            : await presented.CheckAsync(subjectToken, request.Confirmation);
        if (subjectCheck is PresentedCheck.Refused badSubject)
            return Invalid("The subject_token is not valid.", badSubject.Reason);
        var subject = ((PresentedCheck.Valid)subjectCheck).Token;
        if (subject.Grant is not { } grant)
            return Invalid("The subject_token is not about a person.");

        // A token that was neither issued nor sent to this client came to it in a way that nobody meant.
        if (subject.ClientId != client.Id && !subject.Audiences.Intersect(rule.ActsFor).Any())
            return Invalid("The subject_token is not for this client.");

        var actor = client.Id;
        if (actorToken is not null)
        {
            var actorCheck = await presented.CheckAsync(actorToken, request.Confirmation);
            if (actorCheck is PresentedCheck.Refused badActor)
                return Invalid("The actor_token is not valid.", badActor.Reason);
            if (((PresentedCheck.Valid)actorCheck).Token is var token && token.ClientId != client.Id)
                return Invalid("The actor_token was issued to another client.");
            actor = token.Subject;
        }

        // Section 4.4
        if (!ActorChain.Allows(subject.Claims, actor, options.Value.Issuer))
            return Invalid("The subject_token allows another actor only (may_act).");

        // Section 1.1: delegation, unless the policy lets this client be taken for the person.
        var impersonates = actorToken is null && rule.MayImpersonate;
        var act = impersonates ? ActorChain.Keep(subject.Claims) : ActorChain.Extend(subject.Claims, actor);
        if (act is null && !impersonates)
            return Invalid("Too many actors stand behind the subject_token.");

        var target = targets.Narrow(parameters, subject, rule);
        if (target is ExchangeTargetCheck.Refused unfit)
            return new TokenCheck.Refused(unfit.Error, unfit.Description, unfit.Description);

        var allowed = (ExchangeTargetCheck.Valid)target;
        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = client,
            Grant = grant,
            Scopes = allowed.Scopes,
            Audiences = allowed.Audiences,
            Confirmation = request.Confirmation,
            Actor = act,
            IssuedTokenType = TokenTypes.AccessToken,
        }));
    }

    private static TokenCheck.Refused Invalid(string description, string? reason = null) =>
        new("invalid_request", description, reason ?? description);
}
