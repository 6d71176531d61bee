using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

public sealed class LogTests
{
    [Fact]
    public async Task T27_No_secret_of_a_sign_in_is_logged_even_when_everything_is()
    {
        using var log = new Recorder();
        await using var server = new IdpServer { LoggerProvider = log };
        server.Settings["Logging:LogLevel:Default"] = "Trace";
        await server.InitializeAsync();
        using var portal = new Portal(server);

        var address = await portal.PushAsync();
        var form = await portal.OpenLoginAsync(address);
        using var wrong = await portal.SubmitAsync(form, password: "a-wrong-password");
        using var signedIn = await portal.SubmitAsync(form);
        var code = Portal.Answer(signedIn)["code"];
        using var response = await portal.RedeemAsync(code);
        var tokens = await Portal.Json(response);
        using var replayed = await portal.RedeemAsync(code);
        using var userInfo = await portal.GetWithTokenAsync("/userinfo", tokens.GetProperty("access_token").GetString()!);
        using var signedOut = await portal.Browser.GetAsync($"/end_session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);

        string[] secrets =
        [
            WebUtility.UrlDecode(address.Split("request_uri=")[1]).Split(':')[^1], form["request"], code, Portal.Verifier,
            "a-wrong-password", "analytical-engine", IdpServer.PortalSecret,
            tokens.GetProperty("access_token").GetString()!.Split('.')[2], tokens.GetProperty("id_token").GetString()!.Split('.')[2],
            signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0].Split('=', 2)[1],
        ];
        Assert.NotEmpty(log.Lines);
        Assert.All(secrets, secret => Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    internal sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
