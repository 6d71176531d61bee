using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Account.Views;

namespace Platform.IdP.Account;

/// <summary>Adds and removes second factors.</summary>
internal sealed class FactorEnrolment(
    CredentialStore credentials, CredentialSeal seal, SecondFactors factors, PendingApps pending, SsoCookie cookie,
    AuthenticationClasses classes, CredentialChanges changes, TimeProvider clock, AuditLog audit)
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
        await changes.RaiseAsync(new CredentialChange(subject, "app", "create"), cancellationToken);
        return true;
    }

    public async Task RemoveAppAsync(string subject, CancellationToken cancellationToken)
    {
        if (await credentials.UpdateAsync(
            subject, own => own.Totp is null ? null : WithoutUseless(own with { Totp = null }), cancellationToken))
        {
            await changes.RaiseAsync(new CredentialChange(subject, "app", "delete"), cancellationToken);
        }
    }

    public async Task AddPasskeyAsync(string subject, PasskeyCredential passkey, CancellationToken cancellationToken)
    {
        await credentials.UpdateAsync(
            subject, own => own with { Passkeys = [.. own.Passkeys, passkey] }, cancellationToken);
        await changes.RaiseAsync(new CredentialChange(subject, TypeOf(passkey), "create", passkey.Name), cancellationToken);
    }

    public async Task RemovePasskeyAsync(string subject, string? id, CancellationToken cancellationToken)
    {
        PasskeyCredential? removed = null;
        await credentials.UpdateAsync(subject, own =>
        {
            removed = own.Passkeys.FirstOrDefault(passkey => Base64Url.EncodeToString(passkey.Id) == id);
            return removed is null ? null : WithoutUseless(own with { Passkeys = [.. own.Passkeys.Where(other => other != removed)] });
        }, cancellationToken);
        if (removed is not null)
        {
            await changes.RaiseAsync(new CredentialChange(subject, TypeOf(removed), "delete", removed.Name), cancellationToken);
        }
    }

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
        audit.CredentialChanged(subject, "recovery-codes", "update");
        return new RazorComponentResult<RecoveryCodesPage>(
            new Dictionary<string, object?> { [nameof(RecoveryCodesPage.Codes)] = codes });
    }

    // CAEP 1.0 section 3.3
    private static string TypeOf(PasskeyCredential passkey) =>
        passkey.Transports.Contains("internal") ? "fido2-platform" : "fido2-roaming";

    // Recovery codes stand in for a factor: without one they open nothing, and are not kept.
    private static PersonCredentials WithoutUseless(PersonCredentials own) =>
        own.HasSecondFactor ? own : own with { RecoveryCodes = [] };
}
