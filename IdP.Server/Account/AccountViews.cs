using System.Buffers.Text;

namespace Platform.IdP.Account;

/// <summary>Brings together what the account page shows.</summary>
internal sealed class AccountViews(
    SsoSessionStore sessions, ConsentStore consents, AuthorizationGrantStore grants, ClientRegistry clients,
    CredentialStore credentials, ScopeTexts texts, IEnumerable<AccountSection> sections)
{
    public async Task<AccountView> MakeAsync(
        AccountCheck.Valid check, string formToken, string? done, CancellationToken cancellationToken)
    {
        var (session, user) = (check.Session, check.User);
        var own = await credentials.FindAsync(user.Subject, cancellationToken);
        return new AccountView(user.Name, user.UserName, formToken)
        {
            Done = done,
            Notices = [.. (await Task.WhenAll(sections.Select(section => section.FindAsync(session, cancellationToken))))
                .OfType<AccountNotice>()],
            Sessions = [.. (await sessions.ListAsync(user.Subject)).Select(other => Item(other, session))
                .OrderByDescending(item => item.IsThis)],
            Clients = await ClientsAsync(user.Subject),
            AppAddedAt = own.Totp?.AddedAt,
            Passkeys = [.. own.Passkeys.Select(passkey =>
                new PasskeyItem(Base64Url.EncodeToString(passkey.Id), passkey.Name, passkey.AddedAt))],
            RecoveryCodes = own.RecoveryCodes.Count,
            PasswordChangedAt = own.Password?.ChangedAt,
        };
    }

    private static SessionItem Item(SsoSession session, SsoSession current) => new(
        session.SessionId, session.Device?.Browser ?? InteractionTexts.UnknownBrowser, session.Device?.Network ?? InteractionTexts.UnknownNetwork,
        session.AuthenticatedAt, session.SessionId == current.SessionId,
        session.Methods.Contains(AuthenticationMethods.MultiFactor));

    // A client may hold a grant without a consent, where people are not asked.
    private async Task<IReadOnlyList<ClientItem>> ClientsAsync(string subject)
    {
        var given = (await consents.ListAsync(subject)).ToDictionary(consent => consent.ClientId);
        var granted = (await grants.ListAsync(subject)).ToLookup(grant => grant.ClientId);
        return [.. given.Keys.Union(granted.Select(group => group.Key)).Select(id => new ClientItem(
                id, clients.Find(id)?.Name ?? id,
                [.. granted[id].SelectMany(grant => grant.Scopes).Union(given.GetValueOrDefault(id)?.Scopes ?? [])
                    .Distinct().Select(texts.Of)],
                given.GetValueOrDefault(id)?.GivenAt))
            .OrderBy(item => item.Name, StringComparer.CurrentCultureIgnoreCase)];
    }
}

/// <summary>A part of the account page that another feature adds; null when nothing waits.</summary>
internal sealed record AccountSection(Func<SsoSession, CancellationToken, Task<AccountNotice?>> FindAsync);
