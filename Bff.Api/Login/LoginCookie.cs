using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Pages;

namespace Platform.Bff.Login;

/// <summary>
/// Binds a sign-in to the browser that began it. One cookie for each sign-in, named after its state, so that tabs
/// which sign in at the same time do not overwrite each other's; Lax, because the way back is a cross-site navigation.
/// </summary>
internal sealed class LoginCookie(IDataProtectionProvider protection, IOptions<BffOptions> options, TimeProvider clock)
{
    private const string Prefix = "__Host-bff-login-";

    /// <summary>More would endanger the limit on request headers; who has so many has abandoned the oldest.</summary>
    private const int Most = 15;

    private readonly IDataProtector _protector = protection.CreateProtector("Platform.Bff.Login");

    /// <param name="State">The sign-in it belongs to.</param>
    /// <param name="Previous">
    /// The key of the session that the browser had at the start. Its own cookie is Strict and so may be missing on the way back.
    /// </param>
    /// <param name="StartedAt">Unix seconds.</param>
    internal sealed record Content(string State, string? Previous, long StartedAt);

    public void Append(HttpContext http, string state, string? previous)
    {
        DropOldest(http);
        var content = new Content(state, previous, clock.GetUtcNow().ToUnixTimeSeconds());
        http.Response.Cookies.Append(
            NameOf(state),
            _protector.Protect(JsonSerializer.Serialize(content, LoginJson.Default.Content)),
            Attributes(options.Value.SignInLifetime));
    }

    /// <summary>Whether this browser began the sign-in that <paramref name="state"/> names.</summary>
    public bool TryRead(HttpRequest request, string state, [NotNullWhen(true)] out Content? content)
    {
        content = Open(request.Cookies[NameOf(state)]);
        return content is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(content.State), Encoding.UTF8.GetBytes(state));
    }

    public static void Delete(HttpContext http, string state) =>
        http.Response.Cookies.Delete(NameOf(state), Attributes());

    private void DropOldest(HttpContext http)
    {
        var surplus = http.Request.Cookies
            .Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderByDescending(cookie => Open(cookie.Value)?.StartedAt)
            .Skip(Most - 1);
        foreach (var (name, _) in surplus)
        {
            http.Response.Cookies.Delete(name, Attributes());
        }
    }

    private Content? Open(string? value)
    {
        try
        {
            return value is null
                ? null
                : JsonSerializer.Deserialize(_protector.Unprotect(value), LoginJson.Default.Content);
        }
        catch (Exception foreign) when (foreign is JsonException or CryptographicException && !StoreAwayHandler.IsStoreAway(foreign))
        {
            return null;
        }
    }

    private static string NameOf(string state) =>
        Prefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(..12));

    private static CookieOptions Attributes(TimeSpan? maxAge = null) => new()
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
    };
}
