namespace Platform.Contacts.Authorization;

/// <summary>What a caller is told (RFC 6750 section 3.1); the reason is in the log.</summary>
internal sealed record BearerRefusal(int Status, string Value, string Header = "WWW-Authenticate")
{
    public static readonly BearerRefusal NoToken = new(StatusCodes.Status401Unauthorized, "Bearer");

    public static readonly BearerRefusal InvalidRequest = new(
        StatusCodes.Status400BadRequest,
        "Bearer error=\"invalid_request\", "
        + "error_description=\"The access token belongs in the Authorization header, once\"");

    public static readonly BearerRefusal InvalidToken = new(
        StatusCodes.Status401Unauthorized,
        "Bearer error=\"invalid_token\", error_description=\"The access token is not valid here\"");

    public static readonly BearerRefusal InsufficientScope = new(
        StatusCodes.Status403Forbidden,
        $"Bearer error=\"insufficient_scope\", scope=\"{Policies.ReadContacts}\"");

    public static readonly BearerRefusal IssuerUnavailable = new(
        StatusCodes.Status503ServiceUnavailable, "5", "Retry-After");
}
