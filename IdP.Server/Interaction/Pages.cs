using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Interaction.Views;

namespace Platform.IdP.Interaction;

/// <summary>The pages that people see.</summary>
internal static class Pages
{
    /// <summary>What went wrong, in the page's language.</summary>
    public static IResult Error(string error, string text, int status = StatusCodes.Status400BadRequest) =>
        Error(error, text, language: null, status);

    /// <summary>What is wrong with a client's request: in the words of the protocol, which are English, for its developer.</summary>
    public static IResult Fault(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Error(error, description, "en", status);
    /// <summary>What waited for the person is not there any more.</summary>
    public static IResult Outdated()
    {
        ProtocolSpan.Refused("invalid_request", "what waited for the person has expired, was finished or never was");
        return Error("invalid_request", InteractionTexts.OutdatedSignIn);
    }


    public static IResult Login(LoginView view, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<LoginPage>(new Dictionary<string, object?> { [nameof(LoginPage.View)] = view })
        { StatusCode = status };

    public static IResult AccountChoice(AccountChoiceView view) => new RazorComponentResult<AccountChoicePage>(
        new Dictionary<string, object?> { [nameof(AccountChoicePage.View)] = view });

    public static IResult Consent(ConsentView view) => new RazorComponentResult<ConsentPage>(
        new Dictionary<string, object?> { [nameof(ConsentPage.View)] = view });

    public static IResult ConfirmLogout(string request, string? clientName, string formToken) =>
        new RazorComponentResult<ConfirmLogoutPage>(new Dictionary<string, object?>
        {
            [nameof(ConfirmLogoutPage.Request)] = request,
            [nameof(ConfirmLogoutPage.ClientName)] = clientName,
            [nameof(ConfirmLogoutPage.FormToken)] = formToken,
        });

    private static RazorComponentResult<ErrorPage> Error(string error, string description, string? language, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Error)] = error,
            [nameof(ErrorPage.Description)] = description,
            [nameof(ErrorPage.Language)] = language,
            [nameof(ErrorPage.Correlation)] = Activity.Current?.TraceId.ToHexString(),
        })
        { StatusCode = status };
}
