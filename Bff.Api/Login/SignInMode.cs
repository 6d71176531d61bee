namespace Platform.Bff.Login;

/// <summary>How a sign-in meets the person.</summary>
internal enum SignInMode
{
    /// <summary>In the person's sight: the provider may ask, and a failure is explained.</summary>
    Visible,

    /// <summary>A navigation that asks nothing (<c>prompt=none</c>): it comes back, signed in or as it was.</summary>
    Silent,

    /// <summary>The same in a hidden frame of our own page, which is told the outcome.</summary>
    SilentFrame,
}
