using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.IdP.Account.Views;

namespace Platform.IdP.Account;

/// <summary>Where a person sets an authenticator app up (RFC 6238), and removes it.</summary>
internal static class AuthenticatorAppEndpoints
{
    public const string Path = "/account/app";
    public const string RemovePath = Path + "/remove";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Add).WithMetadata(new AnswersPages());
        routes.MapPost(RemovePath, Remove).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, AccountRequests requests, PendingApps pending, IOptions<IdpOptions> options)
    {
        var check = await requests.OpenAsync(http, recent: true);
        return check is AccountCheck.Valid valid
            ? Page(valid, await pending.GetOrCreateAsync(valid.Session), requests.NewFormToken(http), options.Value.Issuer, null)
            : ((AccountCheck.Answered)check).Result;
    }

    internal static async Task<IResult> Add(
        HttpContext http, AccountRequests requests, PendingApps pending, FactorEnrolment enrolment,
        IOptions<IdpOptions> options, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken, recent: true);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;
        if (await pending.FindAsync(valid.Session) is not { } secret)
            return new SeeOther(Path);

        return await enrolment.AddAppAsync(valid, secret, valid.Form!["code"], cancellationToken)
            ? await enrolment.FinishAsync(http, valid.Session, AuthenticationMethods.OneTimePassword, "app", cancellationToken)
            : Page(valid, secret, requests.NewFormToken(http), options.Value.Issuer, AccountTexts.WrongCode);
    }

    internal static async Task<IResult> Remove(
        HttpContext http, AccountRequests requests, FactorEnrolment enrolment, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken, recent: true);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;

        await enrolment.RemoveAppAsync(valid.Session.Subject, cancellationToken);
        return new SeeOther(AccountEndpoints.After("app-removed"));
    }

    private static RazorComponentResult<AuthenticatorAppPage> Page(
        AccountCheck.Valid check, byte[] secret, string formToken, string issuer, string? message)
    {
        var address = Totp.Address(secret, new Uri(issuer).Host, check.User.UserName);
        return new(new Dictionary<string, object?>
        {
            [nameof(AuthenticatorAppPage.Address)] = address,
            [nameof(AuthenticatorAppPage.Secret)] = string.Join(' ', Base32.Encode(secret).Chunk(4).Select(part => new string(part))),
            [nameof(AuthenticatorAppPage.Picture)] = QrPicture.Of(address),
            [nameof(AuthenticatorAppPage.FormToken)] = formToken,
            [nameof(AuthenticatorAppPage.Message)] = message,
        })
        { StatusCode = message is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
