namespace Platform.IdP.Protocol;

/// <summary>
/// Reads a form before anything else does. Endpoints, the check of forms against forgery and that of bearer tokens all come
/// upon it, and each would fail in its own way.
/// </summary>
internal static class ReadableForms
{
    private const string Description = "The form cannot be read: it must be application/x-www-form-urlencoded.";

    public static void UseReadableForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (await IsReadableAsync(http.Request, http.RequestAborted))
        {
            await next(http);
            return;
        }

        IdpTelemetry.Refusals.Add(1, new("endpoint", "any"), new("error", "unreadable_form"));
        await ErrorAnswer.For(http.GetEndpoint(), "invalid_request", Description, StatusCodes.Status400BadRequest).ExecuteAsync(http);
    });

    private static async Task<bool> IsReadableAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return true;

        // Multipart has no place in these protocols, nor in our own pages.
        if (!RequestParameters.HasForm(request))
            return false;

        try
        {
            await request.ReadFormAsync(cancellationToken);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
