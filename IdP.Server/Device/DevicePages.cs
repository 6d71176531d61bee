using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Device.Views;

namespace Platform.IdP.Device;

/// <summary>
/// Where a person connects a device (RFC 8628 section 3.3): (1) sign in, (2) enter the code, (3) compare and decide.
/// </summary>
internal static class DevicePages
{
    public const string Path = "/device";
    public const string DecisionPath = "/device/decision";

    public static void MapDevicePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Enter).WithMetadata(new AnswersPages());
        routes.MapPost(DecisionPath, Decide).WithMetadata(new AnswersPages());
    }

    // Section 3.3.1: a code in the address is not more than one that was typed, what it stands for is confirmed as well.
    internal static async Task<IResult> Show(
        HttpContext http, string? user_code, SsoCookie cookie, LocalSignIn signIn, DeviceCodeEntry entry, IAntiforgery antiforgery)
    {
        if (await cookie.FindAsync(http.Request) is not { } session)
        {
            var code = UserCode.Read(user_code);
            return await signIn.BeginAsync(code is null ? Path : $"{Path}?user_code={code}", DeviceTexts.Purpose);
        }

        return user_code is null
            ? CodePage(http, antiforgery)
            : await ConfirmAsync(http, user_code, session, entry, antiforgery);
    }

    internal static async Task<IResult> Enter(
        HttpContext http, SsoCookie cookie, LocalSignIn signIn, DeviceCodeEntry entry, IAntiforgery antiforgery,
        CancellationToken cancellationToken)
    {
        if (await cookie.FindAsync(http.Request) is not { } session)
            return await signIn.BeginAsync(Path, DeviceTexts.Purpose);
        if (!await antiforgery.IsRequestValidAsync(http))
            return CodePage(http, antiforgery, InteractionTexts.OutdatedForm, StatusCodes.Status400BadRequest);

        var form = await ReadFormAsync(http, cancellationToken);
        return await ConfirmAsync(http, form?["user_code"], session, entry, antiforgery);
    }

    internal static async Task<IResult> Decide(
        HttpContext http, SsoCookie cookie, LocalSignIn signIn, DeviceCodeEntry entry, DeviceRequestStore requests,
        IAntiforgery antiforgery, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await cookie.FindAsync(http.Request) is not { } session)
            return await signIn.BeginAsync(Path, DeviceTexts.Purpose);

        // The one who decides is the one who saw the page, and not who signed in since then.
        var form = await ReadFormAsync(http, cancellationToken);
        if (!await antiforgery.IsRequestValidAsync(http) || form?["session"] != session.SessionId)
            return CodePage(http, antiforgery, InteractionTexts.OutdatedForm, StatusCodes.Status400BadRequest);
        if (form["decision"] is not ("allow" or "deny"))
            return CodePage(http, antiforgery, DeviceTexts.Choose, StatusCodes.Status400BadRequest);

        switch (await entry.TryAsync(form["user_code"], session, http.Connection.RemoteIpAddress))
        {
            case CodeCheck.Valid valid:
                var allowed = form["decision"] == "allow";
                var decision = new CrossDeviceDecision(allowed ? CrossDeviceGrants.By(session, valid.Request) : null);
                if (!await requests.DecideAsync(valid.Request, decision))
                    return CodePage(http, antiforgery, DeviceTexts.Wrong, StatusCodes.Status400BadRequest);
                Record(audit, valid.Request, session.Subject, allowed);
                return Page<DeviceDonePage>(StatusCodes.Status200OK, (nameof(DeviceDonePage.Allowed), allowed));
            case var check:
                return Refuse(http, check, antiforgery);
        }
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, string? userCode, SsoSession session, DeviceCodeEntry entry, IAntiforgery antiforgery) =>
        await entry.TryAsync(userCode, session, http.Connection.RemoteIpAddress) switch
        {
            CodeCheck.Valid valid => Page<DeviceConfirmPage>(StatusCodes.Status200OK, (nameof(DeviceConfirmPage.View),
                new DeviceView(valid.Request.ToCompare!, valid.ClientName, valid.UserName, valid.Access,
                    session.SessionId, antiforgery.GetAndStoreTokens(http).RequestToken!))),
            var check => Refuse(http, check, antiforgery),
        };

    private static RazorComponentResult<DeviceCodePage> Refuse(HttpContext http, CodeCheck check, IAntiforgery antiforgery) => check is CodeCheck.TooMany
        ? CodePage(http, antiforgery, DeviceTexts.TooMany, StatusCodes.Status429TooManyRequests)
        : CodePage(http, antiforgery, DeviceTexts.Wrong, StatusCodes.Status400BadRequest);

    private static RazorComponentResult<DeviceCodePage> CodePage(
        HttpContext http, IAntiforgery antiforgery, string? message = null, int status = StatusCodes.Status200OK) =>
        Page<DeviceCodePage>(status, (nameof(DeviceCodePage.Message), message),
            (nameof(DeviceCodePage.FormToken), antiforgery.GetAndStoreTokens(http).RequestToken!));

    private static RazorComponentResult<T> Page<T>(int status, params (string Name, object? Value)[] parameters)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)) { StatusCode = status };

    private static async Task<RequestParameters?> ReadFormAsync(HttpContext http, CancellationToken cancellationToken) =>
        (await RequestParameters.FromFormAsync(http.Request, cancellationToken) as ParametersCheck.Valid)?.Parameters;

    private static void Record(AuditLog audit, CrossDeviceRequest request, string subject, bool allowed)
    {
        if (allowed)
        {
            audit.ConsentGranted(subject, request.ClientId, request.Scopes);
        }
        else
        {
            audit.ConsentDenied(subject, request.ClientId);
        }
    }
}
