namespace Platform.Bff.Login;

/// <summary>
/// Why a sign-in ended without a session: what the person reads, and, for the log and the metrics alone, the
/// outcome's name and the reason.
/// </summary>
internal sealed record SignInRefusal(int Status, string Title, string Explanation, string Outcome, string Reason)
{
    /// <summary>The sign-in was finished before, or never begun here; a live session makes that harmless.</summary>
    public bool MayBeDoneAlready { get; private init; }

    /// <summary>The provider would have to ask the person: for a silent sign-in that is an answer, not a failure.</summary>
    public bool NeedsPerson { get; private init; }

    public static SignInRefusal BadReturnUrl() => new(
        StatusCodes.Status400BadRequest, "This link is not valid",
        "The page to return to after signing in is not part of this portal.",
        "bad_return_url", "the page to return to is neither a local path nor under one of Bff:ReturnUrls");

    public static SignInRefusal BadParameter(string reason) => new(
        StatusCodes.Status400BadRequest, "This link is not valid",
        "It asks for something that this portal does not know. Please go to the start page and try again.",
        "bad_parameter", reason);

    public static SignInRefusal UnknownHost() => new(
        StatusCodes.Status400BadRequest, "This address is not valid",
        "The portal is not reached under this name.",
        "unknown_host", "the Host of the request is neither Bff:PublicUrl nor one of Bff:Origins");

    public static SignInRefusal UnknownProvider() => new(
        StatusCodes.Status404NotFound, "This link is not valid",
        "There is no such way to sign in here.",
        "unknown_provider", "there is no provider of this name in the configuration");

    public static SignInRefusal Mismatch(string outcome, string reason) => new(
        StatusCodes.Status400BadRequest, "Signing in did not work",
        "The answer of the sign-in service does not fit a sign-in that this browser began. Please start again.",
        outcome, reason);

    public static SignInRefusal Unknown(string outcome, string reason) => new(
        StatusCodes.Status400BadRequest, "This sign-in is over",
        "It took too long, was finished already, or began in another browser. Please start again.",
        outcome, reason)
    { MayBeDoneAlready = true };

    public static SignInRefusal Cancelled() => new(
        StatusCodes.Status403Forbidden, "You were not signed in",
        "The sign-in was cancelled or access was denied.",
        "access_denied", "the provider answered access_denied");

    public static SignInRefusal Unfinished(string error) => new(
        StatusCodes.Status403Forbidden, "You were not signed in",
        "The sign-in service wanted to ask you something and could not. Please sign in again.",
        error, $"the provider answered {error}")
    { NeedsPerson = true };

    public static SignInRefusal TooWeak(string reason) => new(
        StatusCodes.Status403Forbidden, "A stronger sign-in is needed",
        "For what you wanted to do, the sign-in service has to check more than it did. Your session is as it was.",
        "too_weak", reason);

    public static SignInRefusal Failed(string outcome, string reason) => new(
        StatusCodes.Status502BadGateway, "Signing in did not work",
        "The sign-in service refused. If it happens again, tell the operator the number below.",
        outcome, reason);

    public static SignInRefusal Away(string reason) => new(
        StatusCodes.Status503ServiceUnavailable, "The sign-in service is not available",
        "Please try again in a moment.",
        "provider_unavailable", reason);

    public static SignInRefusal TooLarge(string reason) => new(
        StatusCodes.Status500InternalServerError, "Signing in did not work",
        "Your sign-in holds more than this portal can keep in your browser. Tell the operator the number below.",
        "session_too_large", $"{reason}: set Bff:Sessions:Mode to stateful or hybrid, or ask for fewer scopes");

    public static SignInRefusal Revoked(string reason) => new(
        StatusCodes.Status403Forbidden, "Your session was ended",
        "It was ended by an administrator while you were signing in. Please sign in again.",
        "revoked", reason);
}
