namespace Platform.IdP.Users;

/// <summary>A person who can sign in (config/users.yaml).</summary>
internal sealed record User(
    string Subject, string UserName, string Name, string Email, string PasswordHash, bool IsDemo);
