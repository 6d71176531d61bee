using Platform.Bff.Provider;

namespace Platform.Bff.Login;

/// <summary>What a sign-in is to be.</summary>
/// <param name="Provider">Where.</param>
/// <param name="Origin">The origin that the browser comes back to.</param>
/// <param name="ReturnUrl">The page to go to afterwards, a local path.</param>
internal sealed record SignInWish(OpenIdProvider Provider, string Origin, string ReturnUrl);
