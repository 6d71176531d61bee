using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Account;

/// <summary>Changes a password: the checks in order, one reason each, and what ends with the old one.</summary>
internal sealed class PasswordChange(
    PasswordVerifier passwords, SignInAttempts attempts, CredentialStore credentials, SessionEnding ending,
    IOptions<CredentialOptions> options, TimeProvider clock)
{
    private const int Longest = 1000;

    /// <summary>Null when the password has been changed.</summary>
    public async Task<PasswordRefusal?> TryAsync(
        AccountCheck.Valid check, IPAddress? address, CancellationToken cancellationToken)
    {
        var user = check.User;
        var (old, chosen, repeated) = (check.Form!["old_password"], check.Form["new_password"], check.Form["repeated_password"]);
        if (old is null || chosen is null || repeated is null)
            return new(StatusCodes.Status400BadRequest, AccountTexts.FillAll);

        // What the new password is, is checked first: a mistake in it costs no attempt at the old one.
        if (chosen.Length < options.Value.ShortestPassword)
            return new(StatusCodes.Status400BadRequest, AccountTexts.TooShort.With(options.Value.ShortestPassword));
        if (chosen.Length > Longest)
            return new(StatusCodes.Status400BadRequest, AccountTexts.TooLong.With(Longest));
        if (chosen.Contains(user.UserName, StringComparison.OrdinalIgnoreCase))
            return new(StatusCodes.Status400BadRequest, AccountTexts.HasUserName);
        if (chosen == old)
            return new(StatusCodes.Status400BadRequest, AccountTexts.IsOld);
        if (chosen != repeated)
            return new(StatusCodes.Status400BadRequest, AccountTexts.NotRepeated);

        if (!await attempts.TryBeginAsync(user.UserName, address))
            return new(StatusCodes.Status429TooManyRequests, InteractionTexts.TooManyAttempts);
        var verified = await passwords.VerifyAsync(user.UserName, old, cancellationToken);
        if (verified is PasswordCheck.Wrong)
            return new(StatusCodes.Status401Unauthorized, AccountTexts.WrongOldPassword);
        if (verified is PasswordCheck.Busy ||
            await passwords.HashAsync(user, chosen, clock.GetUtcNow(), cancellationToken) is not { } changed)
        {
            await attempts.GiveBackAsync(user.UserName, address);
            return new(StatusCodes.Status429TooManyRequests, AccountTexts.Busy);
        }

        await attempts.SucceededAsync(user.UserName, address);
        await credentials.UpdateAsync(user.Subject, own => own with { Password = changed }, cancellationToken);
        await ending.EndOthersAndGrantsAsync(check.Session);
        return null;
    }
}

internal sealed record PasswordRefusal(int Status, string Message);
