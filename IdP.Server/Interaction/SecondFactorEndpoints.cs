using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Interaction.Views;

namespace Platform.IdP.Interaction;

/// <summary>The page where a person shows her second factor: after the password, or to make a session a stronger one.</summary>
internal static class SecondFactorEndpoints
{
    public const string Path = "/login/factor";

    private const string Factor = "second factor";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Check).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, string? request, InteractionRequests interactions, SecondFactorStage stage,
        CancellationToken cancellationToken)
    {
        if (await interactions.FindAsync(http, request) is not { } interaction)
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("second factor page");
        return await stage.FindAsync(http) is { } person
            ? Page(await stage.ViewAsync(http, interaction, person, cancellationToken))
            : new SeeOther($"{InteractionEndpoints.LoginPath}?request={interaction.Id}");
    }

    internal static async Task<IResult> Check(
        HttpContext http, InteractionRequests interactions, SecondFactorStage stage, SecondFactors factors,
        SignInAttempts attempts, AuditLog audit, CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { } interaction ||
            !await interactions.IsOwnFormAsync(http))
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("second factor");
        if (await stage.FindAsync(http) is not { } person)
        {
            return new SeeOther($"{InteractionEndpoints.LoginPath}?request={interaction.Id}");
        }

        // Six digits can be guessed: attempts are counted before they are checked, as those of passwords are.
        var account = "second factor of " + person.Subject;
        var view = await stage.ViewAsync(http, interaction, person, cancellationToken);
        if (!await attempts.TryBeginAsync(account, http.Connection.RemoteIpAddress))
        {
            audit.SignInFailed(person.Subject, Factor, "limited");
            return Page(view with { Message = InteractionTexts.TooManyAttempts }, StatusCodes.Status429TooManyRequests);
        }

        switch (await factors.CheckAsync(person.Subject, form!["code"], cancellationToken))
        {
            case FactorCheck.Valid valid:
                await attempts.SucceededAsync(account, http.Connection.RemoteIpAddress);
                return await stage.CompleteAsync(http, interaction, person, valid.Method);
            case FactorCheck.Used:
                audit.SignInFailed(person.Subject, Factor, "used before");
                return Page(view with { Message = InteractionTexts.UsedCode }, StatusCodes.Status401Unauthorized);
            default:
                audit.SignInFailed(person.Subject, Factor, "wrong");
                return Page(view with { Message = InteractionTexts.WrongCode }, StatusCodes.Status401Unauthorized);
        }
    }

    private static RazorComponentResult<SecondFactorPage> Page(SecondFactorView view, int status = StatusCodes.Status200OK) =>
        new(new Dictionary<string, object?> { [nameof(SecondFactorPage.View)] = view }) { StatusCode = status };
}
