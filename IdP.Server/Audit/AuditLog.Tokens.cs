using System.Net;

namespace Platform.IdP.Audit;

/// <summary>What clients get and do not get: 200 to 299.</summary>
internal sealed partial class AuditLog
{
    public void TokenIssued(string grantType, TokenResponse response) => LogTokenIssued(
        grantType, response.ClientId, response.Subject, response.Scope, List(response.Audiences), Address);

    /// <param name="clientId">Null: it is not known who asks.</param>
    public void TokenRefused(string? grantType, string? clientId, string error, string reason) =>
        LogTokenRefused(grantType ?? "none", clientId ?? "unknown", error, reason, Address);

    public void TokenRevoked(string clientId, string kind, string? subject) => LogTokenRevoked(clientId, kind, subject, Address);

    public void RefreshTokenReused(string clientId, string subject) => LogRefreshTokenReused(clientId, subject, Address);

    public void CodeReplayed(string clientId, string subject) => LogCodeReplayed(clientId, subject, Address);

    [LoggerMessage(200, LogLevel.Information,
        "A token was issued by {GrantType} to {ClientId} for {Subject}: {Scopes} at {Resources}, from {ClientAddress}.", EventName = nameof(TokenIssued))]
    private partial void LogTokenIssued(
        string grantType, string clientId, string subject, string scopes, string resources, IPAddress? clientAddress);

    [LoggerMessage(201, LogLevel.Warning,
        "A token was refused by {GrantType} to {ClientId}, {Error}: {Reason}, from {ClientAddress}.", EventName = nameof(TokenRefused))]
    private partial void LogTokenRefused(string grantType, string clientId, string error, string reason, IPAddress? clientAddress);

    [LoggerMessage(202, LogLevel.Information, "{ClientId} revoked its {Kind} for {Subject}, from {ClientAddress}.", EventName = nameof(TokenRevoked))]
    private partial void LogTokenRevoked(string clientId, string kind, string? subject, IPAddress? clientAddress);

    [LoggerMessage(210, LogLevel.Error,
        "A refresh token of {ClientId} for {Subject} was used twice and its grant is revoked, from {ClientAddress}.", EventName = nameof(RefreshTokenReused))]
    private partial void LogRefreshTokenReused(string clientId, string subject, IPAddress? clientAddress);

    [LoggerMessage(211, LogLevel.Error,
        "A code of {ClientId} for {Subject} was used twice and its grant is revoked, from {ClientAddress}.", EventName = nameof(CodeReplayed))]
    private partial void LogCodeReplayed(string clientId, string subject, IPAddress? clientAddress);
}
