namespace Platform.Sessions;

/// <summary>What a person recognises a session of theirs by. It is what the browser said, and no proof of anything.</summary>
/// <param name="Browser">For example <c>Firefox 131</c>; null when it is none that is known.</param>
/// <param name="System">For example <c>Android</c>; null when it is none that is known.</param>
/// <param name="Network">Where it signed in from, without the part that tells the machine: <c>192.0.2.0/24</c>.</param>
public sealed record SessionDevice(string? Browser, string? System, string? Network);
