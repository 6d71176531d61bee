using StackExchange.Redis;

namespace Platform.IdP.Device;

/// <summary>Device authorization requests: for the client by their device_code, for the person by their user_code.</summary>
internal sealed class DeviceRequestStore(IConnectionMultiplexer redis, TimeProvider clock)
    : CrossDeviceStore(redis, "idp:device:", clock)
{
    private const string UserCodePrefix = "idp:device-user:";

    /// <summary>Keeps a request; the user_code that the person may enter for it.</summary>
    public async Task<string> SaveWithUserCodeAsync(string deviceCode, CrossDeviceRequest request)
    {
        var userCode = await ReserveAsync(request);
        await SaveAsync(deviceCode, request with { ToCompare = userCode });
        return userCode;
    }

    public async Task<CrossDeviceRequest?> FindByUserCodeAsync(string userCode) =>
        (string?)await Database.StringGetAsync(UserCodeKey(userCode)) is { } id ? await FindWaitingAsync(id) : null;

    // There are 25 billion codes; still, one may be in use.
    private async Task<string> ReserveAsync(CrossDeviceRequest request)
    {
        while (true)
        {
            var userCode = UserCode.New();
            if (await Database.StringSetAsync(UserCodeKey(userCode), request.Id, TimeToLive(request), When.NotExists))
            {
                return userCode;
            }
        }
    }

    private static string UserCodeKey(string userCode) => UserCodePrefix + Handle.Hash(userCode);
}
