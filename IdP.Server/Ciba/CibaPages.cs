using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Ciba.Views;

namespace Platform.IdP.Ciba;

/// <summary>Where a person sees who asks for her authentication, and decides (CIBA Core section 7.4).</summary>
internal static class CibaPages
{
    public const string Path = "/ciba";
    public const string DecisionPath = "/ciba/decision";

    public static void MapCibaPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(DecisionPath, Decide).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(HttpContext http, SsoCookie cookie, LocalSignIn signIn, CibaViews views) =>
        await cookie.FindAsync(http.Request) is { } session
            ? Page(await views.MakeAsync(http, session))
            : await signIn.BeginAsync(Path, CibaTexts.Purpose);

    internal static async Task<IResult> Decide(
        HttpContext http, SsoCookie cookie, LocalSignIn signIn, CibaViews views, CibaRequestStore requests,
        CibaDecisions decisions, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (await cookie.FindAsync(http.Request) is not { } session)
            return await signIn.BeginAsync(Path, CibaTexts.Purpose);

        var form = (await RequestParameters.FromFormAsync(http.Request, cancellationToken) as ParametersCheck.Valid)?.Parameters;
        if (!await antiforgery.IsRequestValidAsync(http))
            return await RefuseAsync(InteractionTexts.OutdatedForm);
        if (form?["decision"] is not ("allow" or "deny"))
            return await RefuseAsync(CibaTexts.Choose);

        // Whose request it is decides who may answer it; another's is not told from one that does not exist.
        if (form["request"] is not { } id || await requests.FindWaitingAsync(id) is not { } request || request.Subject != session.Subject)
            return await RefuseAsync(CibaTexts.Gone);
        if (!await decisions.DecideAsync(request, session, form["decision"] == "allow"))
            return await RefuseAsync(CibaTexts.Gone);

        return Page(await views.MakeAsync(http, session) with { Done = form["decision"] == "allow" ? CibaTexts.Allowed : CibaTexts.Denied });

        async Task<IResult> RefuseAsync(string message) =>
            Page(await views.MakeAsync(http, session) with { Message = message }, StatusCodes.Status400BadRequest);
    }

    private static RazorComponentResult<CibaPage> Page(CibaView view, int status = StatusCodes.Status200OK) =>
        new(new Dictionary<string, object?> { [nameof(CibaPage.View)] = view }) { StatusCode = status };
}
