namespace Platform.IdP.Credentials;

/// <summary>Settings of passwords and second factors, section <c>Idp:Credentials</c>.</summary>
internal sealed class CredentialOptions
{
    public const string Section = "Idp:Credentials";

    /// <summary>
    /// Where what people set up themselves is kept, relative to the content root; all replicas share it, and it is backed up.
    /// </summary>
    public string Folder { get; set; } = "credentials";

    /// <summary>How recent the sign-in must be before a credential may be changed.</summary>
    public TimeSpan RecentSignIn { get; set; } = TimeSpan.FromMinutes(5);

    public int ShortestPassword { get; set; } = 12;
}
