using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Platform.IdP.Passkeys.Views;

namespace Platform.IdP.Passkeys;

/// <summary>Where a person adds a passkey (WebAuthn section 7.1), and removes one.</summary>
internal static class PasskeyEnrolmentEndpoints
{
    public const string Path = "/account/passkey";
    public const string RemovePath = Path + "/remove";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Add).WithMetadata(new AnswersPages());
        routes.MapPost(RemovePath, Remove).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, AccountRequests requests, IPasskeyHandler<User> passkeys, PasskeyCeremonies ceremonies)
    {
        var check = await requests.OpenAsync(http, recent: true);
        return check is AccountCheck.Valid valid
            ? await PageAsync(http, valid, requests, passkeys, ceremonies, null)
            : ((AccountCheck.Answered)check).Result;
    }

    internal static async Task<IResult> Add(
        HttpContext http, AccountRequests requests, IPasskeyHandler<User> passkeys, PasskeyCeremonies ceremonies,
        FactorEnrolment enrolment, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken, recent: true);
        if (check is not AccountCheck.Valid { Form: { } form } valid)
            return ((AccountCheck.Answered)check).Result;
        if (form["credential"] is not { } credential ||
            await ceremonies.TakeAsync(Purpose(valid.Session.Subject), form["ceremony"]) is not { } state)
            return await PageAsync(http, valid, requests, passkeys, ceremonies, PasskeyTexts.AddFailed);

        var result = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = http,
            CredentialJson = credential,
            AttestationState = state,
        });
        if (!result.Succeeded || result.UserEntity.Id != valid.Session.Subject)
            return await PageAsync(http, valid, requests, passkeys, ceremonies, PasskeyTexts.AddFailed);

        result.Passkey.Name = form["name"] is { Length: <= 50 } name ? name : PasskeyTexts.DefaultName;
        await enrolment.AddPasskeyAsync(valid.Session.Subject, PasskeyRecords.FromInfo(result.Passkey), cancellationToken);
        return await enrolment.FinishAsync(
            http, valid.Session, PasskeyRecords.MethodOf(result.Passkey), "passkey", cancellationToken);
    }

    internal static async Task<IResult> Remove(
        HttpContext http, AccountRequests requests, FactorEnrolment enrolment, CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken, recent: true);
        if (check is not AccountCheck.Valid { Form: { } form } valid)
            return ((AccountCheck.Answered)check).Result;

        await enrolment.RemovePasskeyAsync(valid.Session.Subject, form["passkey"], cancellationToken);
        return new SeeOther(AccountEndpoints.After("passkey-removed"));
    }

    // Of this person: nobody adds a key to her account with the challenge of another.
    private static string Purpose(string subject) => "create:" + Handle.Hash(subject);

    private static async Task<IResult> PageAsync(
        HttpContext http, AccountCheck.Valid check, AccountRequests requests, IPasskeyHandler<User> passkeys,
        PasskeyCeremonies ceremonies, string? message)
    {
        var user = check.User;
        var options = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Subject, Name = user.UserName, DisplayName = user.Name }, http);
        http.Response.AllowOwnScript();
        return new RazorComponentResult<PasskeyPage>(new Dictionary<string, object?>
        {
            [nameof(PasskeyPage.Options)] = options.CreationOptionsJson,
            [nameof(PasskeyPage.Ceremony)] = await ceremonies.BeginAsync(Purpose(user.Subject), options.AttestationState),
            [nameof(PasskeyPage.FormToken)] = requests.NewFormToken(http),
            [nameof(PasskeyPage.Message)] = message,
        })
        { StatusCode = message is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
