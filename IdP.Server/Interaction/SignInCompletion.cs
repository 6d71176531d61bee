namespace Platform.IdP.Interaction;

/// <summary>What follows once a person has proved who she is: a new session, and on with what waited for it.</summary>
internal sealed class SignInCompletion(
    SsoCookie cookie, AuthenticationClasses classes, LocalSignIn locals, AuthorizationRequestStore requests, AuthorizationFlow flow)
{
    public async Task<IResult> CompleteAsync(
        HttpContext http, Interaction interaction, string subject, IReadOnlyList<string> methods)
    {
        // Whoever is first: a second click signs nobody in.
        if (interaction.Local is not null && !await locals.CompleteAsync(interaction.Id))
        {
            return Pages.Outdated();
        }

        var session = await cookie.StartAsync(http, new Authentication(subject, methods, classes.Of(methods)));
        if (interaction.Request is not { } waiting)
        {
            return new SeeOther(interaction.Local!.ReturnPath);
        }

        var request = waiting with { Progress = waiting.Progress with { SignedIn = session.SessionId } };
        return await requests.UpdateAsync(interaction.Id, request)
            ? await flow.ContinueAsync(session, request, interaction.Id)
            : Pages.Outdated();
    }
}
