using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Account;
using Platform.IdP.Authorize;
using Platform.IdP.Ciba;
using Platform.IdP.Clients;
using Platform.IdP.Credentials;
using Platform.IdP.CrossDevice;
using Platform.IdP.Device;
using Platform.IdP.Grants;
using Platform.IdP.Interaction;
using Platform.IdP.Logout;
using Platform.IdP.Registration;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Passkeys;
using Platform.IdP.Tests.Running;
using Platform.IdP.Token;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>What a request needs that is to be a good one: sessions, codes, tokens, forms. Made by the server's own services, because it is made often.</summary>
internal sealed class FuzzWorld(FuzzServer server) : IDisposable
{
    private readonly SoftwareAuthenticator _authenticator = new("idp.test", IdpServer.Issuer);
    private (string Cookie, string Token)? _form;

    public FuzzKey Key => server.Key;

    public long Seconds => Now.ToUnixTimeSeconds();

    private DateTimeOffset Now => server.Clock.GetUtcNow();

    public string Basic { get; } = "Basic " + Portal.Basic("all", FuzzServer.Secret).Parameter;

    public Task<string> RequestAsync(Func<AuthorizationRequest, AuthorizationRequest>? change = null)
    {
        var request = WaitingRequest.Of("all", "openid", "contacts.read");
        return Of<AuthorizationRequestStore>().SaveAsync(change?.Invoke(request) ?? request);
    }

    public Task<string> PushedAsync() => Of<PushedRequestStore>().SaveAsync(WaitingRequest.Of("all", "openid", "profile"));

    public async Task<(string Cookie, SsoSession Session)> SessionAsync(string subject = FuzzServer.Ada)
    {
        var (handle, session) = await Of<SsoSessionStore>().StartAsync(new Authentication(subject, ["pwd"], "urn:platform:acr:password"), null);
        return ($"{SsoCookie.Name}={handle}", session);
    }

    /// <summary>The cookie and the field by which the server knows its own forms.</summary>
    public async Task<(string Cookie, string Token)> FormAsync()
    {
        if (_form is { } known)
        {
            return known;
        }

        using var browser = server.NewClient();
        using var page = await browser.GetAsync($"/login?request={await RequestAsync()}");
        var token = Portal.HiddenInputs(await page.Content.ReadAsStringAsync())["form_token"];
        _form = (page.Headers.GetValues("Set-Cookie").Single().Split(';')[0], token);
        return _form.Value;
    }

    public async Task<string> CodeAsync() => await Of<AuthorizationCodeStore>().SaveAsync(new AuthorizationCode
    {
        Grant = await GrantAsync(),
        RedirectUri = "https://all.test/callback",
        CodeChallenge = Portal.Challenge,
        ExpiresAt = Now.AddMinutes(1),
    });

    public async Task<AuthorizationGrant> GrantAsync()
    {
        var grant = new AuthorizationGrant
        {
            Id = Handle.New(),
            ClientId = "all",
            Subject = FuzzServer.Ada,
            Scopes = ["openid", "profile", "offline_access", "contacts.read"],
            AuthenticatedAt = Now,
        };
        await Of<AuthorizationGrantStore>().SaveAsync(grant);
        return grant;
    }

    public async Task<TokenResponse> TokensAsync() => await Of<TokenIssuer>().IssueAsync(new Issuance
    {
        Client = Of<ClientRegistry>().Find("all")!,
        Grant = await GrantAsync(),
        Scopes = ["openid", "profile", "offline_access", "contacts.read"],
        WithIdToken = true,
        WithRefreshToken = true,
    });

    public Task<string> AdminTokenAsync() => OwnTokenAsync(
        "sessions.revoke", "signals.raise", "clients.register", "clients.read", "diagnostics.read", "ciba.decide", "keys.rotate",
        "streams.read", "streams.write");

    public Task<string> ReceiverTokenAsync() => OwnTokenAsync("ssf.read", "ssf.manage");

    /// <summary>A stream, the only one, on which an event waits.</summary>
    public async Task<string> StreamAsync()
    {
        var streams = Of<StreamStore>();
        foreach (var earlier in await streams.ListAsync())
        {
            await streams.DeleteAsync(earlier);
        }

        var stream = new EventStream(Guid.NewGuid().ToString("N"), "all") { Delivery = new(StreamDelivery.Poll), CreatedAt = Now };
        await streams.TryCreateAsync(stream, int.MaxValue);
        await Of<StreamNotices>().VerifyAsync(stream, "a state");
        return stream.Id;
    }

    public async Task<(string DeviceCode, string UserCode)> DeviceAsync(bool allowed = false)
    {
        var (code, request) = Waiting();
        var userCode = await Of<DeviceRequestStore>().SaveWithUserCodeAsync(code, request);
        if (allowed)
        {
            await Of<DeviceRequestStore>().DecideAsync(request, new CrossDeviceDecision(CrossDeviceGrants.ByOperator(request, FuzzServer.Ada, null, Now)));
        }

        return (code, userCode);
    }

    public async Task<(string Id, CrossDeviceRequest Request)> CibaAsync(bool allowed = false)
    {
        var (id, request) = Waiting();
        await Of<CibaRequestStore>().TryAddAsync(id, request, int.MaxValue);
        if (allowed)
        {
            await Of<CibaRequestStore>().DecideAsync(request, new CrossDeviceDecision(CrossDeviceGrants.ByOperator(request, FuzzServer.Ada, null, Now)));
        }

        return (id, request);
    }

    public Task<string> LogoutAsync() => Of<LogoutRequestStore>().SaveAsync(new LogoutRequest("all", null, "https://all.test/", "s", HasHint: true));

    /// <summary>Gives the person an authenticator app; a code of it that was not used yet.</summary>
    public async Task<string> AppCodeAsync(string subject)
    {
        var secret = new byte[20];
        await Of<CredentialStore>().UpdateAsync(subject, own => own.Totp is not null ? null
            : own with { Totp = new TotpCredential(Of<CredentialSeal>().Seal(secret, subject), Now) }, CancellationToken.None);
        await server.Redis.Connection.GetDatabase().ScriptEvaluateAsync(
            "for _, key in ipairs(redis.call('KEYS', 'idp:totp-used:*')) do redis.call('DEL', key) end");
        return Totp.CodeAt(secret, Now);
    }

    public async Task<string> NewAppCodeAsync(SsoSession session)
    {
        await server.Redis.Connection.GetDatabase().ScriptEvaluateAsync(
            "for _, key in ipairs(redis.call('KEYS', 'idp:totp-used:*')) do redis.call('DEL', key) end");
        return Totp.CodeAt(await Of<PendingApps>().GetOrCreateAsync(session), Now);
    }

    /// <summary>The person's own password is the operator's again, and she has no second factor.</summary>
    public Task ForgetAsync(string subject) => Of<CredentialStore>().UpdateAsync(
        subject, own => new PersonCredentials { Subject = own.Subject }, CancellationToken.None);

    /// <summary>Opens a page of passkeys, and answers it.</summary>
    public async Task<(string Ceremony, string Credential)> PasskeyAsync(string path, string cookie, bool create)
    {
        using var connection = new RawConnection(server);
        var page = (await connection.SendAsync(new FuzzRequest("GET", path).WithHeaders(("Cookie", cookie)), CancellationToken.None))!.Body;
        var options = System.Net.WebUtility.HtmlDecode(page.Split("data-options=\"")[1].Split('"')[0]);
        return (Portal.HiddenInputs(page)["ceremony"], create ? _authenticator.Create(options) : _authenticator.Get(options));
    }

    public async Task<string> PermissionAsync() =>
        "Bearer " + (await Of<InitialAccessTokenStore>().IssueAsync("code-flow-secret", "registered", null)).Token;

    /// <summary>Registers the client anew; its registration access token.</summary>
    public async Task<string> RegisteredAsync()
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register")
        {
            Content = new StringContent(FuzzSeeds.Metadata, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", await PermissionAsync());
        using var response = await client.SendAsync(request);
        return "Bearer " + (await Portal.Json(response)).GetProperty("registration_access_token").GetString();
    }

    /// <summary>What the request holds that no log may hold. Of a good one: what is made of it may stand anywhere.</summary>
    public FuzzRequest Learn(FuzzRequest good)
    {
        foreach (var (name, value) in good.Headers)
        {
            switch (name)
            {
                case "Authorization":
                    server.Secrets.AddAuthorization(value.Text);
                    break;
                case "Cookie":
                    value.Text.Split("; ").ToList().ForEach(server.Secrets.AddCookie);
                    break;
            }
        }

        foreach (var (name, value) in good.Query.Concat(good.Form))
        {
            server.Secrets.AddFields($"{name}={Uri.EscapeDataString(value.Text)}");
        }

        return good;
    }

    public void Dispose() => _authenticator.Dispose();

    private (string Handle, CrossDeviceRequest Request) Waiting()
    {
        var handle = Handle.New();
        return (handle, new CrossDeviceRequest
        {
            Id = Handle.Hash(handle),
            ClientId = "all",
            Subject = FuzzServer.Ada,
            Scopes = ["openid", "profile"],
            ToCompare = "A-17",
            ExpiresAt = Now.AddMinutes(5),
        });
    }

    private async Task<string> OwnTokenAsync(params string[] scopes) => "Bearer " + (await Of<TokenIssuer>().IssueAsync(new Issuance
    {
        Client = Of<ClientRegistry>().Find("all")!,
        Scopes = scopes,
    })).AccessToken;

    private T Of<T>()
        where T : notnull => server.Services.GetRequiredService<T>();
}
