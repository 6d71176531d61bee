using System.Net;

namespace Platform.IdP.Audit;

/// <summary>What people do: 100 to 199.</summary>
internal sealed partial class AuditLog
{
    public void SignInSucceeded(SsoSession session) =>
        LogSignInSucceeded(session.Subject, List(session.Methods), session.SessionId, Address);

    /// <param name="account">A subject, or what <see cref="AuditedAccounts"/> makes of a name that nobody has.</param>
    public void SignInFailed(string account, string factor, string outcome) => LogSignInFailed(account, factor, outcome, Address);

    public void SignedOut(SsoSession session) => LogSignedOut(session.Subject, session.SessionId, Address);

    /// <param name="sessionId">Null: all of the person's.</param>
    public void SessionEnded(string? subject, string? sessionId, string by) => LogSessionEnded(subject, sessionId, by, Address);

    public void ConsentGranted(string subject, string clientId, IEnumerable<string> scopes) =>
        LogConsentGranted(subject, clientId, List(scopes), Address);

    public void ConsentDenied(string subject, string clientId) => LogConsentDenied(subject, clientId, Address);

    public void ConsentWithdrawn(string subject, string clientId) => LogConsentWithdrawn(subject, clientId, Address);

    public void CredentialChanged(string subject, string credential, string change) =>
        LogCredentialChanged(subject, credential, change, Address);

    [LoggerMessage(100, LogLevel.Information, "{Subject} signed in by {Methods}: session {Session}, from {ClientAddress}.", EventName = nameof(SignInSucceeded))]
    private partial void LogSignInSucceeded(string subject, string methods, string session, IPAddress? clientAddress);

    [LoggerMessage(101, LogLevel.Warning, "A sign-in as {Account} by {Factor} failed: {Outcome}, from {ClientAddress}.", EventName = nameof(SignInFailed))]
    private partial void LogSignInFailed(string account, string factor, string outcome, IPAddress? clientAddress);

    [LoggerMessage(102, LogLevel.Information, "{Subject} signed out of session {Session}, from {ClientAddress}.", EventName = nameof(SignedOut))]
    private partial void LogSignedOut(string subject, string session, IPAddress? clientAddress);

    [LoggerMessage(103, LogLevel.Information, "Session {Session} of {Subject} was ended by {By}, from {ClientAddress}.", EventName = nameof(SessionEnded))]
    private partial void LogSessionEnded(string? subject, string? session, string by, IPAddress? clientAddress);

    [LoggerMessage(110, LogLevel.Information, "{Subject} allowed {ClientId} {Scopes}, from {ClientAddress}.", EventName = nameof(ConsentGranted))]
    private partial void LogConsentGranted(string subject, string clientId, string scopes, IPAddress? clientAddress);

    [LoggerMessage(111, LogLevel.Information, "{Subject} denied {ClientId} access, from {ClientAddress}.", EventName = nameof(ConsentDenied))]
    private partial void LogConsentDenied(string subject, string clientId, IPAddress? clientAddress);

    [LoggerMessage(112, LogLevel.Information, "{Subject} withdrew the access of {ClientId}, from {ClientAddress}.", EventName = nameof(ConsentWithdrawn))]
    private partial void LogConsentWithdrawn(string subject, string clientId, IPAddress? clientAddress);

    [LoggerMessage(120, LogLevel.Information, "Credential {Credential} of {Subject}: {Change}, from {ClientAddress}.", EventName = nameof(CredentialChanged))]
    private partial void LogCredentialChanged(string subject, string credential, string change, IPAddress? clientAddress);
}
