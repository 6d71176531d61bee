using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Authorize.Views;

namespace Platform.IdP.Authorize;

/// <summary>
/// OAuth 2.0 Form Post Response Mode: a page whose form the browser sends to the client at once, or by the button where
/// scripts do not run. It is the one page with a script, which the policy names by its hash.
/// </summary>
internal sealed class FormPostAnswer(string redirectUri, IReadOnlyList<(string Name, string Value)> parameters) : IResult
{
    public const string Script = "document.forms[0].submit()";

    private static readonly string ScriptSource =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.AllowFormPost(redirectUri, ScriptSource);
        return new RazorComponentResult<FormPostPage>(new Dictionary<string, object?>
        {
            [nameof(FormPostPage.Address)] = redirectUri,
            [nameof(FormPostPage.Parameters)] = parameters,
        }).ExecuteAsync(httpContext);
    }
}
