using Platform.Bff.Provider;

namespace Platform.Bff.Login;

/// <summary>What a sign-in is to be.</summary>
/// <param name="Provider">Where.</param>
/// <param name="Origin">The origin that the browser comes back to.</param>
/// <param name="ReturnUrl">The page to go to afterwards, as <see cref="ReturnUrls"/> let it pass.</param>
/// <param name="Mode">How it meets the person.</param>
/// <param name="Demands">What it asks of the provider.</param>
internal sealed record SignInWish(OpenIdProvider Provider, string Origin, string ReturnUrl, SignInMode Mode, SignInDemands Demands);
