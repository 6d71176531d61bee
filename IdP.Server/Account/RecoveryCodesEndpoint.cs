namespace Platform.IdP.Account;

/// <summary>Where a person gets new recovery codes.</summary>
internal static class RecoveryCodesEndpoint
{
    public const string Path = "/account/recovery-codes";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, Renew).WithMetadata(new AnswersPages());

    internal static async Task<IResult> Renew(
        HttpContext http, AccountRequests requests, FactorEnrolment enrolment, CredentialStore credentials,
        CancellationToken cancellationToken)
    {
        var check = await requests.SubmitAsync(http, cancellationToken, recent: true);
        if (check is not AccountCheck.Valid valid)
            return ((AccountCheck.Answered)check).Result;
        if (!(await credentials.FindAsync(valid.Session.Subject, cancellationToken)).HasSecondFactor)
            return Pages.Error("invalid_request", AccountTexts.NoFactor);

        return await enrolment.RenewRecoveryCodesAsync(valid.Session.Subject, cancellationToken);
    }
}
