namespace Platform.IdP.Interaction;

/// <summary>How people prove who they are: values of amr (RFC 8176 section 2).</summary>
internal static class AuthenticationMethods
{
    public const string Password = "pwd";

    /// <summary>A code of an authenticator app, or a recovery code, which is used once as well.</summary>
    public const string OneTimePassword = "otp";

    /// <summary>A passkey that does not leave its device.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>A passkey that may be copied to other devices of the person.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>Two factors or more.</summary>
    public const string MultiFactor = "mfa";
}
