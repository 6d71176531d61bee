namespace Platform.Tests.Topology;

/// <summary>The demo users of <c>IdP.Server/config/users.yaml</c>.</summary>
public sealed record User(string Name, string Username, string Password)
{
    public static readonly User Ada = new("Ada Lovelace", "ada", "analytical-engine");
    public static readonly User Grace = new("Grace Hopper", "grace", "first-compiler");
}
