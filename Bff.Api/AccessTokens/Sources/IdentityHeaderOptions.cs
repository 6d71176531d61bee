namespace Platform.Bff.AccessTokens.Sources;

/// <summary>Which clusters are told in headers who calls, section <c>Bff:IdentityHeaders</c>. None unless listed.</summary>
internal sealed class IdentityHeaderOptions
{
    public const string Section = "Bff:IdentityHeaders";

    /// <summary>Names of clusters whose destinations nobody but the BFF can reach.</summary>
    public IReadOnlyList<string> Clusters { get; set; } = [];
}
