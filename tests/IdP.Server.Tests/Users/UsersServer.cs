using System.Text.Json;
using Platform.IdP.Configuration;
using Platform.IdP.Tests.Logout;
using Platform.IdP.Tests.Protocol;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using Platform.Testing;

namespace Platform.IdP.Tests.Users;

/// <summary>A server whose users.yaml is edited while it runs, with clients that hear of logouts.</summary>
public class UsersServer : LogoutServer, IAsyncLifetime
{
    internal const string Former = "a-subject-that-was-there-before-the-start";

    private readonly List<JsonElement> _events = [];

    public UsersServer()
    {
        LoggerProvider = Log;
        Settings["Logging:LogLevel:Platform.IdP"] = "Information";
    }

    internal LogTests.Recorder Log { get; } = new();

    private string UsersFile => Path.Combine(Settings["Idp:ConfigFolder"], "users.yaml");

    internal override string MoreClients => base.MoreClients + $"""

          - client_id: app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {TokenServer.AppSecret}
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://app.test/callback]
            scopes: [openid, offline_access]
            skip_consent: true

        """;

    public new async ValueTask InitializeAsync()
    {
        await Redis.Connection.GetDatabase().HashSetAsync(
            KnownUsers.Key, Former, new KnownUser { Password = "", Claims = [] }.Write());
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Edits the file, and lets time pass until the condition holds.</summary>
    internal async Task EditAsync(Func<string, string> edit, Func<bool> condition)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(UsersFile, edit(await File.ReadAllTextAsync(UsersFile, cancelled)), cancelled);
        await PassesAsync(condition);
    }

    /// <summary>The event about the person, however many about others come before it.</summary>
    internal async Task<JsonElement> EventAsync(string subject)
    {
        while (true)
        {
            foreach (var claims in _events)
            {
                if (claims.GetProperty("sub_id").GetProperty("user").GetProperty("sub").GetString() == subject)
                {
                    return claims.GetProperty("events").EnumerateObject().Single().Value;
                }
            }

            _events.Add(Running.Portal.Claims((await Topic.Entries.ReadAsync(TestContext.Current.CancellationToken)).Token));
        }
    }

    internal Task PassesAsync(Func<bool> condition) => Eventually.BecomesTrueAsync(() =>
    {
        Clock.Advance(ConfigurationReload.Interval);
        return condition();
    }, TestContext.Current.CancellationToken);
}
