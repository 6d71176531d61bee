namespace Platform.IdP.Protocol;

/// <summary>An error that no endpoint made itself: a page where people see it, JSON for clients.</summary>
internal static class ErrorAnswer
{
    public static IResult For(Endpoint? endpoint, string error, string description, int status) =>
        endpoint?.Metadata.GetMetadata<AnswersPages>() is not null
            ? Pages.Error(error, description, status)
            : new OAuthError(error, description, status);
}

/// <summary>Marks endpoints that people see: their errors are pages.</summary>
internal sealed class AnswersPages;
