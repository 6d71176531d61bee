using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>The same headers for every call: an API key, or nothing at all.</summary>
internal sealed class FixedSource(CallHeaders headers) : ITokenSource
{
    private readonly TokenAnswer _answer = new TokenAnswer.Headers(headers);

    public ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken) => new(_answer);
}
