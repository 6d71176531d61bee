namespace Platform.IdP.CrossDevice;

/// <summary>What a client asks for, in words; public, because generated components are.</summary>
public sealed record AccessView(IReadOnlyList<string> Scopes, IReadOnlyList<AccessDetailView> Details);

/// <summary>One object of authorization_details (RFC 9396).</summary>
public sealed record AccessDetailView(string Title, IReadOnlyList<KeyValuePair<string, string>> Lines);
