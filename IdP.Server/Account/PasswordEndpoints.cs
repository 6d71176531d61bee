using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Account.Views;

namespace Platform.IdP.Account;

/// <summary>Where a person changes her password.</summary>
internal static class PasswordEndpoints
{
    public const string Path = "/account/password";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Change).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(HttpContext http, AccountRequests requests)
    {
        var check = await requests.OpenAsync(http);
        return check is AccountCheck.Valid valid
            ? Page(valid, requests.NewFormToken(http), null, StatusCodes.Status200OK)
            : ((AccountCheck.Answered)check).Result;
    }

    internal static async Task<IResult> Change(
        HttpContext http, AccountRequests requests, PasswordChange change, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;

        return await change.TryAsync(valid, http.Connection.RemoteIpAddress, cancellationToken) is { } refused
            ? Page(valid, requests.NewFormToken(http), refused.Message, refused.Status)
            : new SeeOther(AccountEndpoints.After("password"));
    }

    private static RazorComponentResult<PasswordPage> Page(
        AccountCheck.Valid check, string formToken, string? message, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(PasswordPage.UserName)] = check.User.UserName,
            [nameof(PasswordPage.FormToken)] = formToken,
            [nameof(PasswordPage.Message)] = message,
        })
        { StatusCode = status };
}
