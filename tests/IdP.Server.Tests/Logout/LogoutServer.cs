using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Logout;

/// <summary>With clients that want to know of a logout; all of them answer on one web server, each in its own way.</summary>
public class LogoutServer : IdpServer, IAsyncLifetime
{
    internal const string Secret = "clients-that-sign-out-have-a-secret";

    private readonly Channel<Notice> _notices = Channel.CreateUnbounded<Notice>();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private ClientHost _host = null!;

    /// <summary>What was posted to the clients.</summary>
    internal ChannelReader<Notice> Notices => _notices.Reader;

    internal string Origin => _host.Origin;

    internal override string MoreClients => string.Concat(
        Entry("back", "backchannel_logout_uri: HOST/back"),
        Entry("back-too", "backchannel_logout_uri: HOST/back-too"),
        Entry("pairwise", "backchannel_logout_uri: HOST/pairwise", "subject_type: pairwise", "id_token_signed_response_alg: RS256"),
        Entry("ps256", "backchannel_logout_uri: HOST/ps256", "id_token_signed_response_alg: PS256"),
        Entry("failing", "backchannel_logout_uri: HOST/failing"),
        Entry("hanging", "backchannel_logout_uri: HOST/hanging"),
        Entry("redirecting", "backchannel_logout_uri: HOST/redirecting"),
        Entry("front", "frontchannel_logout_uri: HOST/front"),
        Entry("front-query", "frontchannel_logout_uri: https://query.test/front?tenant=a%26b"),
        Entry("silent"));

    public new async ValueTask InitializeAsync()
    {
        _host = await ClientHost.StartAsync(ReceiveAsync);
        Settings["Idp:Outbound:CaFile"] = _host.CaFile;
        Settings["Idp:PairwiseSalt"] = "a-salt-of-tests-that-is-long-enough-0";
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>How a client answers from now on; else with 200.</summary>
    internal void Answer(string clientId, Func<HttpContext, Task> answer) => _answers[$"/{clientId}"] = answer;

    internal static Func<HttpContext, Task> Status(HttpStatusCode status, string? location = null) => http =>
    {
        http.Response.StatusCode = (int)status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private string Entry(string id, params string[] members) => $"""

          - client_id: {id}
            client_name: The {id} client
            token_endpoint_auth_method: client_secret_basic
            client_secret: {Secret}
            grant_types: [authorization_code]
            redirect_uris: ["https://{id}.test/callback"]
            post_logout_redirect_uris: ["https://{id}.test/", "https://{id}.test/?of=mine"]
            scope: openid
            skip_consent: true
            {string.Join("\n    ", members).Replace("HOST", _host.Origin, StringComparison.Ordinal)}

        """;

    private async Task ReceiveAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        await _notices.Writer.WriteAsync(new Notice(
            http.Request.Path, form.ToDictionary(field => field.Key, field => field.Value.ToString())));
        await _answers.GetValueOrDefault(http.Request.Path, Status(HttpStatusCode.OK))(http);
    }

    /// <param name="Path">The client's, after a slash.</param>
    internal sealed record Notice(string Path, Dictionary<string, string> Form);
}
