using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.CrossDevice;

/// <summary>
/// Requests that wait for a decision on another device: the record under the hash of the client's handle, the decision
/// and the pace of the polling beside it. Each is kept beyond the expiry, so that the client is told of it.
/// </summary>
internal abstract class CrossDeviceStore(IConnectionMultiplexer redis, string prefix, TimeProvider clock)
    : RecordStore<CrossDeviceRequest>(redis, prefix, CrossDeviceJson.Default.CrossDeviceRequest)
{
    /// <summary>RFC 8628 section 3.5: each slow_down adds as much for the rest of the request.</summary>
    private static readonly TimeSpan SlowDownBy = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromMinutes(10);

    // KEYS: pace. ARGV: now, interval, what slow_down adds, ms to live; times in ms.
    private const string Poll = """
        local interval = tonumber(redis.call('HGET', KEYS[1], 'interval') or ARGV[2])
        local due = tonumber(redis.call('HGET', KEYS[1], 'due') or '0')
        local early = 0
        if tonumber(ARGV[1]) < due then
          interval = interval + tonumber(ARGV[3])
          early = 1
        end
        redis.call('HSET', KEYS[1], 'interval', string.format('%.0f', interval))
        redis.call('HSET', KEYS[1], 'due', string.format('%.0f', tonumber(ARGV[1]) + interval))
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        return early
        """;

    // KEYS: decision. ARGV: decision, ms to live.
    private const string Decide = """
        if not redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then return 0 end

        """;

    private static readonly string DecideAndNotify = Decide + NotificationEntry.Set(firstKey: 2, firstArgument: 3);

    private readonly string _prefix = prefix;

    protected TimeProvider Clock { get; } = clock;

    public async Task SaveAsync(string handle, CrossDeviceRequest request) => await SaveAsync(handle, request, TimeToLive(request));

    public Task<CrossDeviceRequest?> FindAsync(string handle) => ReadAsync(handle);

    /// <summary>By <see cref="CrossDeviceRequest.Id"/>; null when it has expired or was redeemed.</summary>
    public async Task<CrossDeviceRequest?> FindWaitingAsync(string id) =>
        Parse(await Database.StringGetAsync(_prefix + id)) is { } request &&
        request.ExpiresAt > Clock.GetUtcNow() &&
        !await Database.KeyExistsAsync(DecisionKey(id))
            ? request
            : null;

    /// <summary>Decides; true for exactly one caller.</summary>
    /// <param name="notification">Is written together with the decision, or not at all.</param>
    public async Task<bool> DecideAsync(
        CrossDeviceRequest request, CrossDeviceDecision decision, NotificationEntry? notification = null) =>
        (bool)await Database.ScriptEvaluateAsync(
            notification is null ? Decide + "return 1" : DecideAndNotify,
            [DecisionKey(request.Id), .. notification?.Keys ?? []],
            [
                JsonSerializer.Serialize(decision, CrossDeviceJson.Default.CrossDeviceDecision),
                (long)TimeToLive(request).TotalMilliseconds,
                .. notification?.Arguments ?? [],
            ]);

    public async Task<CrossDeviceDecision?> FindDecisionAsync(CrossDeviceRequest request) =>
        (string?)await Database.StringGetAsync(DecisionKey(request.Id)) is { } json
            ? JsonSerializer.Deserialize(json, CrossDeviceJson.Default.CrossDeviceDecision)
            : null;

    /// <summary>Counts a poll; false when it came too early, which makes the interval longer.</summary>
    public async Task<bool> TryPollAsync(CrossDeviceRequest request, TimeSpan interval)
    {
        var early = (long)await Database.ScriptEvaluateAsync(Poll, [$"{_prefix}pace:{request.Id}"],
        [
            Clock.GetUtcNow().ToUnixTimeMilliseconds(), (long)interval.TotalMilliseconds,
            (long)SlowDownBy.TotalMilliseconds, (long)TimeToLive(request).TotalMilliseconds,
        ]);
        return early == 0;
    }

    /// <summary>Takes the request; true for exactly one caller.</summary>
    public Task<bool> RedeemAsync(string handle) => DeleteAsync(handle);

    protected TimeSpan TimeToLive(CrossDeviceRequest request) => request.ExpiresAt - Clock.GetUtcNow() is { Ticks: > 0 } left
        ? left + KeptAfterExpiry
        : KeptAfterExpiry;

    protected string DecisionKey(string id) => $"{_prefix}decision:{id}";
}
