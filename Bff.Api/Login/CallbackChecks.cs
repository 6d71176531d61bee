using Microsoft.Extensions.Primitives;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Login;

/// <summary>Whether what came back belongs to a sign-in of this browser.</summary>
internal abstract record CallbackCheck
{
    public sealed record Accepted(string Code, PreSession PreSession, string? PreviousKey) : CallbackCheck;

    public sealed record Refused(SignInRefusal Refusal, PreSession? PreSession = null) : CallbackCheck;
}

/// <summary>The authorization response, checked in the order in which an attack would show.</summary>
internal sealed class CallbackChecks(LoginCookie cookie, PreSessionStore preSessions, ProviderClient provider)
{
    private static readonly string[] Parameters = ["state", "code", "iss", "error"];

    public async Task<CallbackCheck> CheckAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var query = request.Query;

        // RFC 6749 section 3.1: no parameter more than once.
        if (Parameters.FirstOrDefault(name => query[name].Count > 1) is { } repeated)
        {
            return Refuse(SignInRefusal.Mismatch("repeated_parameter", $"{repeated} came more than once"));
        }

        if (Text(query["state"]) is not { } state)
        {
            return Refuse(SignInRefusal.Mismatch("missing_state", "there is no state"));
        }

        // RFC 9700 section 4.7: this browser began it. Before the state is spent, so that nobody else can spend it.
        if (!cookie.TryRead(request, state, out var binding))
        {
            return Refuse(SignInRefusal.Unknown("foreign_browser", "no cookie of this browser belongs to the state"));
        }

        // RFC 9700 section 4.7.1: a state works once.
        if (await preSessions.TakeAsync(state, cancellationToken) is not { } preSession)
        {
            return Refuse(SignInRefusal.Unknown("spent_state", "the state is unknown, expired or was used"));
        }

        // RFC 9207 section 2.4: compared as strings, before anything else of the answer is believed, errors included.
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        if (Text(query["iss"]) is { } issuer && issuer != preSession.Issuer)
        {
            return Refuse(SignInRefusal.Mismatch("wrong_issuer", "iss is not the issuer that was asked"), preSession);
        }

        if (Text(query["iss"]) is null && metadata.AuthorizationResponseIssParameterSupported)
        {
            return Refuse(SignInRefusal.Mismatch("missing_issuer", "iss is missing, though the provider promises it"), preSession);
        }

        // RFC 6749 section 4.1.2.1.
        if (Text(query["error"]) is { } error)
        {
            return Refuse(OfError(error), preSession);
        }

        return Text(query["code"]) is { } code
            ? new CallbackCheck.Accepted(code, preSession, binding.Previous)
            : Refuse(SignInRefusal.Mismatch("missing_code", "there is neither code nor error"), preSession);
    }

    private static CallbackCheck.Refused Refuse(SignInRefusal refusal, PreSession? preSession = null) =>
        new(refusal, preSession);

    private static string? Text(StringValues values) => values is [{ Length: > 0 } value] ? value : null;

    // The code comes by way of the browser: only the characters that RFC 6749 allows reach the log.
    private static SignInRefusal OfError(string error) => error switch
    {
        "access_denied" => SignInRefusal.Cancelled(),
        "temporarily_unavailable" => SignInRefusal.Away("the provider answered temporarily_unavailable"),
        _ => SignInRefusal.Failed("provider_error", error.Length <= 64 && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')
            ? $"the provider answered {error}"
            : "the provider answered with an error that has no proper name"),
    };
}
