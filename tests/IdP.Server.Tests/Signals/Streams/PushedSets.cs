using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Plays the endpoints of receivers: a path for each stream, whose answers are set by the test.</summary>
internal sealed class PushedSets
{
    private readonly ConcurrentDictionary<string, Endpoint> _endpoints = new(StringComparer.Ordinal);

    public Endpoint At(string path) => _endpoints.GetOrAdd(path, _ => new Endpoint());

    public async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var endpoint = At(http.Request.Path);
        var answer = endpoint.Answer;
        endpoint.Requests.Writer.TryWrite(new PushedSet(
            await reader.ReadToEndAsync(), http.Request.Method, http.Request.ContentType, http.Request.Headers.Accept.ToString(),
            http.Request.Headers.Authorization.ToString()));
        http.Response.StatusCode = answer.Status;
        http.Response.Headers.ContentEncoding = endpoint.Encoding;
        if (answer.Body is not null)
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentLanguage = "en";
            await http.Response.WriteAsync(answer.Body);
        }
    }

    internal sealed class Endpoint
    {
        public (int Status, string? Body) Answer { get; set; } = (StatusCodes.Status202Accepted, null);

        /// <summary>What the answer says of how it is packed.</summary>
        public string? Encoding { get; set; }

        public Channel<PushedSet> Requests { get; } = Channel.CreateUnbounded<PushedSet>();

        public Task<PushedSet> NextAsync() => Requests.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
    }
}

internal sealed record PushedSet(string Token, string Method, string? ContentType, string Accept, string Authorization);
