using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.IdP.Users;

/// <summary>A person who can sign in (config/users.yaml).</summary>
internal sealed record User(
    string Subject, string UserName, string Name, string Email, string PasswordHash, bool IsDemo)
{
    /// <summary>Neither signs in nor is found by her tokens; the entry keeps the subject from being given to another.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The standard claims beside those above (OpenID Connect Core section 5.1).</summary>
    public FrozenDictionary<string, JsonElement> Claims { get; init; } = FrozenDictionary<string, JsonElement>.Empty;
}
