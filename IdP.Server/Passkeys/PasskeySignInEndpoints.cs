using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Platform.IdP.Passkeys.Views;

namespace Platform.IdP.Passkeys;

/// <summary>
/// Where a passkey signs a person in (WebAuthn section 7.2): as her second factor after the password, or in place of both.
/// </summary>
internal static class PasskeySignInEndpoints
{
    public const string Path = "/login/passkey";

    private const string Purpose = "get";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Check).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, string? request, InteractionRequests interactions, SecondFactorStage stage, UserDirectory users,
        IPasskeyHandler<User> passkeys, PasskeyCeremonies ceremonies)
    {
        if (await interactions.FindAsync(http, request) is not { } interaction)
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("passkey page");
        return await PageAsync(http, interaction, interactions, await AwaitedAsync(http, stage, users), passkeys, ceremonies, null);
    }

    internal static async Task<IResult> Check(
        HttpContext http, InteractionRequests interactions, SecondFactorStage stage, UserDirectory users,
        IPasskeyHandler<User> passkeys, PasskeyCeremonies ceremonies, PasskeyUserStore store, SignInCompletion completion,
        AuditLog audit, CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { } interaction ||
            !await interactions.IsOwnFormAsync(http))
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("passkey");
        var awaited = await AwaitedAsync(http, stage, users);
        if (form!["credential"] is not { } credential ||
            await ceremonies.TakeAsync(Purpose, form["ceremony"]) is not { } state)
            return await PageAsync(http, interaction, interactions, awaited, passkeys, ceremonies, PasskeyTexts.NotAccepted);

        var result = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = http,
            CredentialJson = credential,
            AssertionState = state,
        });

        // After a password, nobody else's passkey will do.
        if (!result.Succeeded || (awaited is not null && awaited.Subject != result.User.Subject))
        {
            audit.SignInFailed(awaited?.Subject ?? "unknown", "passkey", result.Succeeded ? "another person's" : "not valid");
            return await PageAsync(http, interaction, interactions, awaited, passkeys, ceremonies, PasskeyTexts.NotAccepted);
        }

        await store.AddOrUpdatePasskeyAsync(result.User, result.Passkey, cancellationToken);
        var method = PasskeyRecords.MethodOf(result.Passkey);
        return awaited is not null && await stage.FindAsync(http) is { IsSignIn: true } person
            ? await stage.CompleteAsync(http, interaction, person, method)
            : await completion.CompleteAsync(http, interaction, result.User.Subject, [method, AuthenticationMethods.MultiFactor]);
    }

    // A session that there is already says nothing about who signs in now; a password that was given does.
    private static async Task<User?> AwaitedAsync(HttpContext http, SecondFactorStage stage, UserDirectory users) =>
        await stage.FindAsync(http) is { IsSignIn: true } person ? users.FindBySubject(person.Subject) : null;

    private static async Task<IResult> PageAsync(
        HttpContext http, Interaction.Interaction interaction, InteractionRequests interactions, User? awaited,
        IPasskeyHandler<User> passkeys, PasskeyCeremonies ceremonies, string? message)
    {
        var options = await passkeys.MakeRequestOptionsAsync(awaited, http);
        http.Response.AllowOwnScript();
        return new RazorComponentResult<PasskeySignInPage>(new Dictionary<string, object?>
        {
            [nameof(PasskeySignInPage.Goal)] = interaction.Name,
            [nameof(PasskeySignInPage.IsLocal)] = interaction.Local is not null,
            [nameof(PasskeySignInPage.Request)] = interaction.Id,
            [nameof(PasskeySignInPage.Options)] = options.RequestOptionsJson,
            [nameof(PasskeySignInPage.Ceremony)] = await ceremonies.BeginAsync(Purpose, options.AssertionState),
            [nameof(PasskeySignInPage.FormToken)] = interactions.NewFormToken(http),
            [nameof(PasskeySignInPage.Message)] = message,
        })
        { StatusCode = message is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized };
    }
}
