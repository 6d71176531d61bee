using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>
/// Says in headers who calls. Nothing signs them: they are for services that nobody else can reach, which configuration lists.
/// </summary>
internal sealed class IdentitySource : ITokenSource
{
    public const string Subject = "X-User-Sub";
    public const string Issuer = "X-User-Issuer";

    public ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken)
    {
        var record = session!.Record;

        // OpenID Connect Core section 2 has sub in ASCII; in a header anything else would be somebody else's name.
        return new(record.Subject.All(IsVisible) && record.Issuer.All(IsVisible)
            ? new TokenAnswer.Headers(new CallHeaders((Subject, record.Subject), (Issuer, record.Issuer)))
            : new TokenAnswer.Refused("the subject or the issuer has characters that no header may carry"));
    }

    private static bool IsVisible(char character) => character is > ' ' and <= '~';
}
