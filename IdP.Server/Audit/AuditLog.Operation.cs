using System.Net;

namespace Platform.IdP.Audit;

/// <summary>What changes the server: 300 to 399.</summary>
internal sealed partial class AuditLog
{
    public void ClientRegistered(string clientId, string profile) => LogClientRegistered(clientId, profile, Address);

    public void ClientChanged(string clientId) => LogClientChanged(clientId, Address);

    public void ClientDeleted(string clientId) => LogClientDeleted(clientId, Address);

    public void KeyRotated(string algorithm, string keyId) => LogKeyRotated(algorithm, keyId, Address);

    public void StreamChanged(string clientId, string streamId, string change) => LogStreamChanged(clientId, streamId, change, Address);

    /// <param name="by">The client whose access token allowed it.</param>
    public void AdministratorActed(string by, string action, string? target) => LogAdministratorActed(by, action, target, Address);

    [LoggerMessage(300, LogLevel.Information, "The client {ClientId} was registered by the profile {Profile}, from {ClientAddress}.", EventName = nameof(ClientRegistered))]
    private partial void LogClientRegistered(string clientId, string profile, IPAddress? clientAddress);

    [LoggerMessage(301, LogLevel.Information, "The client {ClientId} changed its registration, from {ClientAddress}.", EventName = nameof(ClientChanged))]
    private partial void LogClientChanged(string clientId, IPAddress? clientAddress);

    [LoggerMessage(302, LogLevel.Information, "The client {ClientId} deleted its registration, from {ClientAddress}.", EventName = nameof(ClientDeleted))]
    private partial void LogClientDeleted(string clientId, IPAddress? clientAddress);

    [LoggerMessage(310, LogLevel.Information, "The {Algorithm} key {KeyId} signs from now on, asked from {ClientAddress}.", EventName = nameof(KeyRotated))]
    private partial void LogKeyRotated(string algorithm, string keyId, IPAddress? clientAddress);

    [LoggerMessage(315, LogLevel.Information, "The event stream {StreamId} of {ClientId} was changed: {Change}, from {ClientAddress}.", EventName = nameof(StreamChanged))]
    private partial void LogStreamChanged(string clientId, string streamId, string change, IPAddress? clientAddress);

    [LoggerMessage(320, LogLevel.Warning, "The administrator {By} did {Action} to {Target}, from {ClientAddress}.", EventName = nameof(AdministratorActed))]
    private partial void LogAdministratorActed(string by, string action, string? target, IPAddress? clientAddress);
}
