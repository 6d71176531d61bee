using System.Text.Json.Serialization;
using StackExchange.Redis;

namespace Platform.IdP.Interaction;

/// <summary>People who gave their password and owe a second factor: no session yet, bound to the browser by a cookie.</summary>
internal sealed class PendingSignIns(IConnectionMultiplexer redis, TimeProvider clock)
    : RecordStore<PendingSignIn>(redis, "idp:pending:", PendingSignInJson.Default.PendingSignIn)
{
    private const string Cookie = "__Host-idp-factor";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Lax: the way here leads through redirects that began at the client's site.
    private static readonly CookieOptions Options = new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    public async Task BeginAsync(HttpContext http, string subject)
    {
        var handle = Handle.New();
        await SaveAsync(handle, new PendingSignIn(subject, clock.GetUtcNow() + Lifetime), Lifetime);
        http.Response.Cookies.Append(Cookie, handle, Options);
    }

    public async Task<PendingSignIn?> FindAsync(HttpContext http) =>
        http.Request.Cookies[Cookie] is { Length: > 0 } handle &&
        await ReadAsync(handle) is { } found && found.ExpiresAt > clock.GetUtcNow()
            ? found
            : null;

    /// <summary>Ends the waiting; true for exactly one caller.</summary>
    public async Task<bool> CompleteAsync(HttpContext http)
    {
        http.Response.Cookies.Delete(Cookie, Options);
        return http.Request.Cookies[Cookie] is { Length: > 0 } handle && await DeleteAsync(handle);
    }
}

internal sealed record PendingSignIn(string Subject, DateTimeOffset ExpiresAt);

[JsonSerializable(typeof(PendingSignIn))]
internal sealed partial class PendingSignInJson : JsonSerializerContext;
