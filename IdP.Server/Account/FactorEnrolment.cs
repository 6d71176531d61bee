using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Account.Views;

namespace Platform.IdP.Account;

/// <summary>Adds and removes second factors.</summary>
internal sealed class FactorEnrolment(
    CredentialStore credentials, CredentialSeal seal, SecondFactors factors, PendingApps pending, SsoCookie cookie,
    AuthenticationClasses classes, TimeProvider clock)
{
    public async Task<bool> AddAppAsync(AccountCheck.Valid check, byte[] secret, string? code, CancellationToken cancellationToken)
    {
        var (subject, now) = (check.Session.Subject, clock.GetUtcNow());
        var entered = code?.Replace(" ", "", StringComparison.Ordinal) ?? "";

        // The code that proves the set-up does not sign in afterwards.
        if (Totp.FindStep(secret, entered, now) is not { } step || !await factors.UseAsync(subject, step))
        {
            return false;
        }

        await credentials.UpdateAsync(
            subject, own => own with { Totp = new TotpCredential(seal.Seal(secret, subject), now) }, cancellationToken);
        await pending.ForgetAsync(check.Session);
        return true;
    }

    public Task RemoveAppAsync(string subject, CancellationToken cancellationToken) => credentials.UpdateAsync(
        subject, own => own.Totp is null ? null : WithoutUseless(own with { Totp = null }), cancellationToken);

    public Task AddPasskeyAsync(string subject, PasskeyCredential passkey, CancellationToken cancellationToken) =>
        credentials.UpdateAsync(subject, own => own with { Passkeys = [.. own.Passkeys, passkey] }, cancellationToken);

    public Task RemovePasskeyAsync(string subject, string? id, CancellationToken cancellationToken) =>
        credentials.UpdateAsync(subject, own =>
        {
            var kept = own.Passkeys.Where(passkey => Base64Url.EncodeToString(passkey.Id) != id).ToList();
            return kept.Count == own.Passkeys.Count ? null : WithoutUseless(own with { Passkeys = kept });
        }, cancellationToken);

    /// <summary>The session has shown the factor, and the first factor brings recovery codes along.</summary>
    public async Task<IResult> FinishAsync(
        HttpContext http, SsoSession session, string method, string outcome, CancellationToken cancellationToken)
    {
        var methods = session.Methods.Union([method, AuthenticationMethods.MultiFactor]).ToList();
        await cookie.StartAsync(
            http, new Authentication(session.Subject, methods, classes.Of(methods)) { Device = session.Device });
        var own = await credentials.FindAsync(session.Subject, cancellationToken);
        return own.RecoveryCodes.Count == 0
            ? await RenewRecoveryCodesAsync(session.Subject, cancellationToken)
            : new SeeOther(AccountEndpoints.After(outcome));
    }

    /// <summary>New recovery codes take the place of the old ones; this answer is the only one that shows them.</summary>
    public async Task<IResult> RenewRecoveryCodesAsync(string subject, CancellationToken cancellationToken)
    {
        var codes = RecoveryCodes.New();
        await credentials.UpdateAsync(
            subject, own => own with { RecoveryCodes = [.. codes.Select(RecoveryCodes.Hash)] }, cancellationToken);
        return new RazorComponentResult<RecoveryCodesPage>(
            new Dictionary<string, object?> { [nameof(RecoveryCodesPage.Codes)] = codes });
    }

    // Recovery codes stand in for a factor: without one they open nothing, and are not kept.
    private static PersonCredentials WithoutUseless(PersonCredentials own) =>
        own.HasSecondFactor ? own : own with { RecoveryCodes = [] };
}
