using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Outbound;

/// <summary>
/// The one HTTP client for addresses that clients give: key sets, request objects, sector identifiers, logout, CIBA and
/// event notifications. It follows no redirect, keeps no cookie, uses no proxy, unpacks nothing, reads little and does
/// not wait for long; <see cref="GuardedConnections"/> decides where it may go.
/// </summary>
internal sealed partial class OutboundClient(
    HttpMessageHandler handler, IOptions<OutboundOptions> options, bool allowsPlainHttp,
    TimeProvider clock, ILogger<OutboundClient> logger) : IDisposable
{
    private const int LongestExplanation = 16 * 1024;

    // The time limit is ours: it covers the body too, and goes by the clock.
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly OutboundOptions _options = options.Value;

    public Task<OutboundAnswer> GetAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), readsBody: true, cancellationToken);

    public Task<OutboundAnswer> PostFormAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        PostAsync(address, new FormUrlEncodedContent(form), bearer: null, cancellationToken);

    public Task<OutboundAnswer> PostJsonAsync(
        Uri address, string json, string? bearer, CancellationToken cancellationToken) =>
        PostAsync(address, new StringContent(json, Encoding.UTF8, "application/json"), bearer, cancellationToken);

    public Task<OutboundAnswer> PostAsync(
        Uri address, HttpContent content, string? bearer, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = content,
                Headers = { Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer) },
            },
            readsBody: true,
            cancellationToken);

    /// <summary>Pushes a SET (RFC 8935 section 2.1). That it was taken is said by the status; the rest of such an answer is not read.</summary>
    /// <param name="authorization">The header as the receiver wants it, whatever its scheme.</param>
    public Task<OutboundAnswer> PostEventAsync(Uri address, string token, string? authorization, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(token, MediaTypeHeaderValue.Parse("application/secevent+jwt")),
            Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse("application/json") } },
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return SendAsync(request, readsBody: false, cancellationToken);
    }

    /// <summary>Why nothing is ever sent to this address, or null; where it leads is found out when it is called.</summary>
    public string? Fault(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "the address is not absolute",
        { UserInfo.Length: > 0 } => "the address has a user name",
        { Scheme: "https" } => null,
        { Scheme: "http" } when allowsPlainHttp => null,
        _ => "the address is not https",
    };

    public void Dispose() => _http.Dispose();

    private async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, bool readsBody, CancellationToken cancellationToken)
    {
        using (request)
        {
            var answer = await TrySendAsync(request, readsBody, cancellationToken);
            if (answer is OutboundAnswer.Refused refused)
            {
                // The host alone: paths and queries of clients may hold secrets.
                LogRefused(request.Method, request.RequestUri is { IsAbsoluteUri: true } address ? address.Host : "", refused.Reason);
            }

            return answer;
        }
    }

    private async Task<OutboundAnswer> TrySendAsync(HttpRequestMessage request, bool readsBody, CancellationToken cancellationToken)
    {
        if (Fault(request.RequestUri!) is { } fault)
            return new OutboundAnswer.Refused(fault);

        using var limit = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
                return new OutboundAnswer.Refused("it redirects, which is not followed", status);
            if (!response.IsSuccessStatusCode)
                return new OutboundAnswer.Refused($"it answered {status}", status) { Body = await ExplanationAsync(response, either.Token) };

            if (!readsBody)
                return new OutboundAnswer.Ok(status, [], MaxAge: null);

            // A small body may unpack to a very large one.
            if (response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
                return new OutboundAnswer.Refused("the answer is compressed, which was not asked for", status);

            await response.Content.LoadIntoBufferAsync(_options.MaxBytes, either.Token);
            return new OutboundAnswer.Ok(status, await response.Content.ReadAsByteArrayAsync(either.Token), MaxAge(response.Headers));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new OutboundAnswer.Refused($"it took longer than {_options.Timeout.TotalSeconds} seconds");
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException) // the latter where a new connection is broken at once
        {
            return new OutboundAnswer.Refused(failure.GetBaseException() is GuardException guard ? guard.Message : failure.Message);
        }
    }

    private static async Task<string?> ExplanationAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not HttpStatusCode.BadRequest || response.Content.Headers.ContentEncoding.Count > 0)
        {
            return null;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(LongestExplanation, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is HttpRequestException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TimeSpan? MaxAge(HttpResponseHeaders headers) => headers.CacheControl switch
    {
        { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
        { MaxAge: { } age } => age > (headers.Age ?? TimeSpan.Zero) ? age - (headers.Age ?? TimeSpan.Zero) : TimeSpan.Zero,
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "{Method} to {Host}, an address that a client gave, failed: {Reason}.")]
    private partial void LogRefused(HttpMethod method, string host, string reason);
}
