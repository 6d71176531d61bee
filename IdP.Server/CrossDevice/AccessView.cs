namespace Platform.IdP.CrossDevice;

/// <summary>What a client asks for, in words; public, because generated components are.</summary>
public sealed record AccessView(IReadOnlyList<AccessScopeView> Scopes, IReadOnlyList<AccessDetailView> Details);

/// <param name="Text">The scope in plain words.</param>
public sealed record AccessScopeView(string Name, string Text);

/// <summary>One object of authorization_details (RFC 9396).</summary>
public sealed record AccessDetailView(string Title, IReadOnlyList<KeyValuePair<string, string>> Lines);
