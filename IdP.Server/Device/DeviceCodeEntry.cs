using System.Net;

namespace Platform.IdP.Device;

/// <summary>One attempt of a signed-in person to name a device by its user code.</summary>
internal sealed partial class DeviceCodeEntry(
    DeviceRequestStore requests, UserCodeAttempts attempts, ClientRegistry clients, UserDirectory users, AccessViews access,
    ILogger<DeviceCodeEntry> logger)
{
    public async Task<CodeCheck> TryAsync(string? typed, SsoSession session, IPAddress? address)
    {
        // RFC 8628 section 5.1: before the look-up, so that guessing is not free.
        if (!await attempts.TryBeginAsync(session, address))
        {
            LogLimited(session.Subject);
            return new CodeCheck.TooMany();
        }

        if (UserCode.Read(typed) is not { } userCode ||
            await requests.FindByUserCodeAsync(userCode) is not { } request ||
            clients.Find(request.ClientId) is not { } client ||
            users.FindBySubject(session.Subject) is not { } user)
        {
            return new CodeCheck.Wrong();
        }

        await attempts.GiveBackAsync(session, address);
        return new CodeCheck.Valid(request, access.Make(request), client.Name, user.UserName);
    }

    [LoggerMessage(LogLevel.Warning, "{Subject} or her address entered too many wrong user codes.")]
    private partial void LogLimited(string subject);
}

internal abstract record CodeCheck
{
    public sealed record Valid(CrossDeviceRequest Request, AccessView Access, string ClientName, string UserName) : CodeCheck;

    public sealed record Wrong : CodeCheck;

    public sealed record TooMany : CodeCheck;
}
