namespace Platform.Bff.AccessTokens;

/// <summary>Access tokens of sessions, section <c>Bff:AccessTokens</c>.</summary>
internal sealed class AccessTokenOptions
{
    public const string Section = "Bff:AccessTokens";

    /// <summary>How long before its end an access token is replaced, so that it does not expire on its way.</summary>
    public TimeSpan RefreshBefore { get; set; } = TimeSpan.FromSeconds(30);
}
