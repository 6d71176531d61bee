using StackExchange.Redis;

namespace Platform.IdP.Credentials;

/// <summary>Checks the codes of a second factor.</summary>
internal sealed class SecondFactors(
    CredentialStore store, CredentialSeal seal, IConnectionMultiplexer redis, TimeProvider clock)
{
    // RFC 6238 section 5.2: a code is accepted once. The key outlives the three steps in which it could be.
    private const string UsedPrefix = "idp:totp-used:";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(3);

    public async Task<FactorCheck> CheckAsync(string subject, string? code, CancellationToken cancellationToken)
    {
        var entered = code?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        return RecoveryCodes.IsPlausible(entered)
            ? await UseRecoveryCodeAsync(subject, entered, cancellationToken)
            : await CheckTotpAsync(subject, entered, cancellationToken);
    }

    private async Task<FactorCheck> CheckTotpAsync(string subject, string code, CancellationToken cancellationToken)
    {
        var credentials = await store.FindAsync(subject, cancellationToken);
        if (credentials.Totp is not { } totp)
            return new FactorCheck.Wrong();
        if (Totp.FindStep(seal.Open(totp.Secret, subject), code, clock.GetUtcNow()) is not { } step)
            return new FactorCheck.Wrong();

        return await UseAsync(subject, step)
            ? new FactorCheck.Valid(AuthenticationMethods.OneTimePassword)
            : new FactorCheck.Used();
    }

    /// <summary>Takes the step's code; true for exactly one caller.</summary>
    public Task<bool> UseAsync(string subject, long step) => redis.GetDatabase().StringSetAsync(
        $"{UsedPrefix}{Handle.Hash(subject)}:{step}", "1", Remembered, When.NotExists);

    private async Task<FactorCheck> UseRecoveryCodeAsync(string subject, string code, CancellationToken cancellationToken)
    {
        var hash = RecoveryCodes.Hash(code);
        return await store.UpdateAsync(subject, credentials => credentials.RecoveryCodes.Contains(hash)
            ? credentials with { RecoveryCodes = [.. credentials.RecoveryCodes.Where(other => other != hash)] }
            : null, cancellationToken)
                ? new FactorCheck.Valid(AuthenticationMethods.OneTimePassword)
                : new FactorCheck.Wrong();
    }
}

internal abstract record FactorCheck
{
    /// <param name="Method">RFC 8176</param>
    public sealed record Valid(string Method) : FactorCheck;

    public sealed record Wrong : FactorCheck;

    /// <summary>Right, but it was used before.</summary>
    public sealed record Used : FactorCheck;
}
