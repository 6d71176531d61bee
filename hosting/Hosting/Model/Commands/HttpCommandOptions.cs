namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that is a request to the resource is sent, and what its answer means.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Where the request goes; by default to the resource's own endpoint.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>POST, unless set.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>Of the clients that <c>builder.Services.AddHttpClient(name)</c> knows.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>May add headers and content to the request.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Makes the answer into a result. Without it a status of 2xx is success.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    /// <summary>Whether the body of the answer is shown.</summary>
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>As what the body of an answer is shown.</summary>
public enum HttpCommandResultMode
{
    None = 0,
    Auto = 1,
    Json = 2,
    Text = 3
}

/// <summary>A request about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    public required string ResourceName { get; init; }

    public required EndpointReference Endpoint { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required HttpClient HttpClient { get; init; }

    public required HttpRequestMessage Request { get; init; }
}

/// <summary>An answer that came.</summary>
public sealed class HttpCommandResultContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    public required string ResourceName { get; init; }

    public required EndpointReference Endpoint { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required HttpClient HttpClient { get; init; }

    public required HttpResponseMessage Response { get; init; }
}
