namespace Platform.IdP.Logout;

/// <summary>A request to sign out that passed its checks.</summary>
/// <param name="SessionId">The sid of a valid id_token_hint.</param>
/// <param name="HasHint">Whether an ID token of this provider came with it: without one nobody is redirected.</param>
internal sealed record LogoutRequest(
    string? ClientId, string? SessionId, string? PostLogoutRedirectUri, string? State, bool HasHint)
{
    public string? UiLocales { get; init; }

    /// <summary>Where the client wants the person back, with its state; null when it did not say.</summary>
    public string? ReturnAddress() => (PostLogoutRedirectUri, State) switch
    {
        (null, _) => null,
        (var address, null) => address,
        var (address, state) =>
            $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(state)}",
    };
}
