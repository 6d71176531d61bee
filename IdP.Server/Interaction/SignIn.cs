using System.Net;

namespace Platform.IdP.Interaction;

/// <summary>One attempt to sign in with a password.</summary>
internal sealed partial class SignIn(PasswordVerifier passwords, SignInAttempts attempts, ILogger<SignIn> logger)
{
    public async Task<SignInCheck> TryAsync(
        string? userName, string? password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (userName is null || password is null)
            return Refuse("incomplete", StatusCodes.Status400BadRequest, InteractionTexts.WrongPassword);

        // Before the hash: neither guessing nor the cost of hashing is free.
        if (!await attempts.TryBeginAsync(userName, address))
            return Refuse("limited", StatusCodes.Status429TooManyRequests, InteractionTexts.TooManyAttempts);

        switch (await passwords.VerifyAsync(userName, password, cancellationToken))
        {
            case PasswordCheck.Busy:
                await attempts.GiveBackAsync(userName, address);
                return Refuse("busy", StatusCodes.Status429TooManyRequests, InteractionTexts.Busy);
            case PasswordCheck.Valid valid:
                await attempts.SucceededAsync(userName, address);
                IdpTelemetry.Logins.Add(1, new KeyValuePair<string, object?>("outcome", "success"));
                LogSignedIn(valid.User.Subject);
                return new SignInCheck.Valid(valid.User);
            default:
                return Refuse("wrong", StatusCodes.Status401Unauthorized, InteractionTexts.WrongPassword);
        }
    }

    private SignInCheck.Refused Refuse(string outcome, int status, string message)
    {
        IdpTelemetry.Logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        LogRefused(outcome);
        return new SignInCheck.Refused(status, message);
    }

    [LoggerMessage(LogLevel.Information, "{Subject} signed in.")]
    private partial void LogSignedIn(string subject);

    [LoggerMessage(LogLevel.Information, "A sign-in was refused: {Outcome}.")]
    private partial void LogRefused(string outcome);
}

internal abstract record SignInCheck
{
    public sealed record Valid(User User) : SignInCheck;

    public sealed record Refused(int Status, string Message) : SignInCheck;
}
