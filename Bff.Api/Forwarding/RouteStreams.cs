namespace Platform.Bff.Forwarding;

/// <summary>Which calls of a route may stay open for long: <c>"Metadata": { "Streams": "websockets" }</c>.</summary>
internal enum RouteStreams
{
    None,

    /// <summary>Answers that go on, such as server-sent events.</summary>
    Events,

    /// <summary>WebSockets as well.</summary>
    WebSockets,
}
