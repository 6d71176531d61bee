using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Interaction.Views;

namespace Platform.IdP.Interaction;

/// <summary>The pages that people see.</summary>
internal static class Pages
{
    public static IResult Error(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        new RazorComponentResult<ErrorPage>(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Error)] = error,
            [nameof(ErrorPage.Description)] = description,
            [nameof(ErrorPage.Correlation)] = Activity.Current?.TraceId.ToHexString(),
        })
        { StatusCode = status };

    public static IResult Login(LoginView view, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<LoginPage>(new Dictionary<string, object?> { [nameof(LoginPage.View)] = view })
        { StatusCode = status };

    public static IResult ConfirmLogout(string request, string? clientName, string formToken) =>
        new RazorComponentResult<ConfirmLogoutPage>(new Dictionary<string, object?>
        {
            [nameof(ConfirmLogoutPage.Request)] = request,
            [nameof(ConfirmLogoutPage.ClientName)] = clientName,
            [nameof(ConfirmLogoutPage.FormToken)] = formToken,
        });

    public static IResult SignedOut() => new RazorComponentResult<SignedOutPage>();
}
