namespace Platform.IdP.Interaction;

/// <summary>Whose second factor is awaited in a browser, and what follows when it was shown.</summary>
internal sealed class SecondFactorStage(
    PendingSignIns pending, SsoCookie cookie, CredentialStore credentials, UserDirectory users,
    InteractionRequests interactions, SignInCompletion completion)
{
    public async Task<AwaitedPerson?> FindAsync(HttpContext http)
    {
        if (await pending.FindAsync(http) is { } waiting)
        {
            return Known(new AwaitedPerson(waiting.Subject, [AuthenticationMethods.Password], IsSignIn: true));
        }

        return await cookie.FindAsync(http.Request) is { } session
            ? Known(new AwaitedPerson(session.Subject, session.Methods, IsSignIn: false))
            : null;
    }

    public async Task<SecondFactorView> ViewAsync(
        HttpContext http, Interaction interaction, AwaitedPerson person, CancellationToken cancellationToken)
    {
        var found = await credentials.FindAsync(person.Subject, cancellationToken);
        return new SecondFactorView(
            interaction.Id, users.FindBySubject(person.Subject)!.UserName, interactions.NewFormToken(http))
        {
            HasApp = found.Totp is not null,
            HasPasskey = found.Passkeys.Count > 0,
            CanCancel = interaction.Request is not null,
        };
    }

    public async Task<IResult> CompleteAsync(HttpContext http, Interaction interaction, AwaitedPerson person, string method)
    {
        // Whoever is first: the password counts for one sign-in.
        if (person.IsSignIn && !await pending.CompleteAsync(http))
        {
            return Pages.Outdated();
        }

        return await completion.CompleteAsync(http, interaction, person.Subject,
            [.. person.Methods.Union([method, AuthenticationMethods.MultiFactor])], person.IsSignIn);
    }

    private AwaitedPerson? Known(AwaitedPerson person) => users.FindBySubject(person.Subject) is null ? null : person;
}

/// <param name="Methods">What she showed before.</param>
/// <param name="IsSignIn">Whether she gave her password just now, rather than in the session that she has.</param>
internal sealed record AwaitedPerson(string Subject, IReadOnlyList<string> Methods, bool IsSignIn);

/// <summary>What the page shows; public, because generated components are.</summary>
public sealed record SecondFactorView(string Request, string UserName, string FormToken)
{
    public bool HasApp { get; init; }

    public bool HasPasskey { get; init; }

    public bool CanCancel { get; init; }

    public string? Message { get; init; }
}
