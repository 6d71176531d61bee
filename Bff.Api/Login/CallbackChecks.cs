using Platform.Bff.Provider;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Bff.Login;

/// <summary>Whether what came back belongs to a sign-in of this browser.</summary>
internal abstract record CallbackCheck
{
    public sealed record Accepted(
        OpenIdProvider Provider, string State, string Code, PreSession PreSession, string? PreviousKey) : CallbackCheck;

    /// <summary>With the sign-in that is over now, once it is known which one that is.</summary>
    public sealed record Refused(SignInRefusal Refusal, string? State = null, PreSession? PreSession = null) : CallbackCheck;
}

/// <summary>The authorization response, checked in the order in which an attack would show.</summary>
internal sealed class CallbackChecks(LoginCookie cookie, PreSessionStore preSessions)
{
    public async Task<CallbackCheck> CheckAsync(
        OpenIdProvider provider, HttpRequest request, CancellationToken cancellationToken)
    {
        var (answer, unreadable) = await AuthorizationAnswer.ReadAsync(provider, request.Query, cancellationToken);
        if (answer is null)
        {
            return Refuse(unreadable!);
        }

        if (answer.State is not { } state)
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

        ProtocolSpan.Passed("state is of this browser and unused", "RFC 9700 section 4.7");

        // RFC 9700 section 4.4.2: each provider answers at an address of its own.
        if (preSession.Provider != provider.Name || preSession.Issuer != provider.Issuer)
        {
            return Over(SignInRefusal.Mismatch("wrong_provider", "the answer came to the address of another provider"));
        }

        // RFC 9207 section 2.4: compared as strings, before anything else of the answer is believed, errors included.
        if (answer.Issuer is { } issuer && issuer != preSession.Issuer)
        {
            return Over(SignInRefusal.Mismatch("wrong_issuer", "iss is not the issuer that was asked"));
        }

        var metadata = await provider.GetMetadataAsync(cancellationToken);
        if (answer.Issuer is null && (provider.Options.ResponseIssuer || metadata.AuthorizationResponseIssParameterSupported))
        {
            return Over(SignInRefusal.Mismatch("missing_issuer", "iss is missing, though the provider promises it"));
        }

        if (answer.Issuer is not null)
        {
            ProtocolSpan.Passed("iss is the issuer that was asked", "RFC 9207 section 2.4");
        }

        // RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6.
        if (answer.Error is { } error)
        {
            return Over(OfError(error));
        }

        return answer.Code is { } code
            ? new CallbackCheck.Accepted(provider, state, code, preSession, binding.Previous)
            : Over(SignInRefusal.Mismatch("missing_code", "there is neither code nor error"));

        CallbackCheck.Refused Over(SignInRefusal refusal) => new(refusal, state, preSession);
    }

    private static CallbackCheck.Refused Refuse(SignInRefusal refusal) => new(refusal);

    // The code comes by way of the browser: only the characters that RFC 6749 allows reach the log.
    private static SignInRefusal OfError(string error) => error switch
    {
        "access_denied" => SignInRefusal.Cancelled(),
        "login_required" or "interaction_required" or "consent_required" or "account_selection_required" =>
            SignInRefusal.Unfinished(error),
        "unmet_authentication_requirements" => SignInRefusal.TooWeak($"the provider answered {error}"),
        "temporarily_unavailable" => SignInRefusal.Away("the provider answered temporarily_unavailable"),
        _ => SignInRefusal.Failed("provider_error", error.Length <= 64 && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')
            ? $"the provider answered {error}"
            : "the provider answered with an error that has no proper name"),
    };
}
