namespace Platform.IdP.Interaction;

/// <summary>How people prove who they are: values of amr (RFC 8176 section 2).</summary>
internal static class AuthenticationMethods
{
    public const string Password = "pwd";

    /// <summary>Two factors or more.</summary>
    public const string MultiFactor = "mfa";
}
