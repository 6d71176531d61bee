namespace Platform.IdP.Interaction;

/// <summary>What follows once a person has proved who she is: a second factor, or a session and on with what waited for it.</summary>
internal sealed class SignInCompletion(
    SsoCookie cookie, PendingSignIns pending, CredentialStore credentials, AuthenticationClasses classes,
    LocalSignIn locals, AuthorizationRequestStore requests, AuthorizationFlow flow, AuditLog audit)
{
    /// <summary>Whoever has a second factor is not signed in before she has shown it.</summary>
    public async Task<IResult> PasswordProvedAsync(
        HttpContext http, Interaction interaction, string subject, CancellationToken cancellationToken)
    {
        if (!(await credentials.FindAsync(subject, cancellationToken)).HasSecondFactor)
        {
            return await CompleteAsync(http, interaction, subject, [AuthenticationMethods.Password]);
        }

        await pending.BeginAsync(http, subject);
        return new SeeOther($"{SecondFactorEndpoints.Path}?request={interaction.Id}");
    }

    /// <param name="isSignIn">False when a session only became a stronger one.</param>
    public async Task<IResult> CompleteAsync(
        HttpContext http, Interaction interaction, string subject, IReadOnlyList<string> methods, bool isSignIn = true)
    {
        // Whoever is first: a second click signs nobody in.
        if (interaction.Local is not null && !await locals.CompleteAsync(interaction.Id))
        {
            return Pages.Outdated();
        }

        var session = await cookie.StartAsync(http, new Authentication(subject, methods, classes.Of(methods))
        {
            Device = DeviceSummary.Of(http),
        });
        audit.SignInSucceeded(session);
        if (interaction.Request is not { } request)
        {
            return new SeeOther(interaction.Local!.ReturnPath);
        }

        if (isSignIn)
        {
            request = request with { Progress = request.Progress with { SignedIn = session.SessionId } };
        }

        return await requests.UpdateAsync(interaction.Id, request)
            ? await flow.ContinueAsync(http, session, request, interaction.Id)
            : Pages.Outdated();
    }
}
