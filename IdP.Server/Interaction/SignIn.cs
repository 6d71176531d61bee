using System.Net;

namespace Platform.IdP.Interaction;

/// <summary>One attempt to sign in with a password.</summary>
internal sealed class SignIn(PasswordVerifier passwords, SignInAttempts attempts, AuditLog audit, AuditedAccounts accounts)
{
    public async Task<SignInCheck> TryAsync(
        string? userName, string? password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (userName is null || password is null)
            return Refuse(userName, "incomplete", StatusCodes.Status400BadRequest, InteractionTexts.WrongPassword);

        // Before the hash: neither guessing nor the cost of hashing is free.
        if (!await attempts.TryBeginAsync(userName, address))
            return Refuse(userName, "limited", StatusCodes.Status429TooManyRequests, InteractionTexts.TooManyAttempts);

        switch (await passwords.VerifyAsync(userName, password, cancellationToken))
        {
            case PasswordCheck.Busy:
                await attempts.GiveBackAsync(userName, address);
                return Refuse(userName, "busy", StatusCodes.Status429TooManyRequests, InteractionTexts.Busy);
            case PasswordCheck.Valid valid:
                await attempts.SucceededAsync(userName, address);
                IdpTelemetry.Logins.Add(1, new KeyValuePair<string, object?>("outcome", "success"));
                ProtocolSpan.Passed("password is right", "OpenID Connect Core section 3.1.2.3");
                return new SignInCheck.Valid(valid.User);
            default:
                return Refuse(userName, "wrong", StatusCodes.Status401Unauthorized, InteractionTexts.WrongPassword);
        }
    }

    private SignInCheck.Refused Refuse(string? userName, string outcome, int status, string message)
    {
        IdpTelemetry.Logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        ProtocolSpan.Refused("sign_in_refused", $"the password sign-in ended with: {outcome}");
        audit.SignInFailed(accounts.Of(userName), AuthenticationMethods.Password, outcome);
        return new SignInCheck.Refused(status, message);
    }
}

internal abstract record SignInCheck
{
    public sealed record Valid(User User) : SignInCheck;

    public sealed record Refused(int Status, string Message) : SignInCheck;
}
