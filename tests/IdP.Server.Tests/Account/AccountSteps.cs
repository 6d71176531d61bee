using System.Net;
using System.Text.RegularExpressions;
using Platform.IdP.Credentials;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Account;

/// <summary>What a person does on her account pages.</summary>
internal static partial class AccountSteps
{
    /// <summary>Forgets what people set up, and counts their attempts anew: no test depends on another.</summary>
    public static async Task ForgetAsync(IdpServer server)
    {
        foreach (var file in Directory.GetFiles(Directory.CreateDirectory(server.Settings["Idp:Credentials:Folder"]).FullName))
        {
            File.Delete(file);
        }

        await server.Redis.Connection.GetDatabase().ScriptEvaluateAsync("""
            for _, key in ipairs(redis.call('KEYS', 'idp:attempts:*')) do redis.call('DEL', key) end
            for _, key in ipairs(redis.call('KEYS', 'idp:totp-used:*')) do redis.call('DEL', key) end
            for _, key in ipairs(redis.call('KEYS', 'idp:app-pending:*')) do redis.call('DEL', key) end
            """);
    }

    /// <summary>Opens one of the pages, which leads by the login page.</summary>
    public static async Task<string> OpenAsync(this Portal portal, string path, string password = "analytical-engine")
    {
        using var begin = await portal.Browser.GetAsync(path);
        using var login = await portal.Browser.GetAsync(begin.Headers.Location);
        using var response = await portal.SubmitLoginAsync(
            Portal.HiddenInputs(await login.Content.ReadAsStringAsync()), password: password);
        Assert.Equal(path, response.Headers.Location?.OriginalString);
        return await portal.Browser.GetStringAsync(path);
    }

    public static Task<HttpResponseMessage> PostAsync(
        this Portal portal, string path, string page, params (string Name, string? Value)[] fields) =>
        portal.Browser.PostAsync(path, new FormUrlEncodedContent(
            Portal.Change(new() { ["form_token"] = Portal.HiddenInputs(page)["form_token"] }, fields)));

    /// <summary>Sets an authenticator app up; its secret and the recovery codes.</summary>
    public static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetUpAppAsync(this Portal portal, IdpServer server)
    {
        var page = await portal.OpenAsync("/account/app");
        var secret = SecretOf(page);
        using var response = await portal.PostAsync("/account/app", page, ("code", Totp.CodeAt(secret, server.Clock.GetUtcNow())));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var codes = CodePattern().Matches(await response.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value);

        // The code that proved the set-up is used up.
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        return (secret, [.. codes]);
    }

    /// <summary>The secret that the page shows to those who cannot scan it.</summary>
    public static byte[] SecretOf(string page)
    {
        var bits = string.Concat(SecretPattern().Match(page).Groups[1].Value.Where(char.IsAsciiLetterOrDigit)
            .Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }

    [GeneratedRegex("<code id=\"secret\">([A-Z2-7 ]+)</code>")]
    private static partial Regex SecretPattern();

    [GeneratedRegex("<li><code>([A-Z2-7-]+)</code></li>")]
    private static partial Regex CodePattern();
}
