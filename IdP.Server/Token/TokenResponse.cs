using System.Text.Json;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 5.1, with what OpenID Connect, RFC 8693 and RFC 9396 add.</summary>
internal sealed record TokenResponse : IResult
{
    /// <summary>For whom it is, whom it is about and where it holds: for the audit log.</summary>
    public required string ClientId { get; init; }

    public required string Subject { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required string AccessToken { get; init; }

    public required string TokenType { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public required string Scope { get; init; }

    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    /// <summary>RFC 8693 section 2.2.1.</summary>
    public string? IssuedTokenType { get; init; }

    /// <summary>A JSON array (RFC 9396 section 7).</summary>
    public string? AuthorizationDetails { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (ProtocolSpan.IsRecorded)
        {
            ProtocolSpan.Response(
                ("access_token", AccessToken), ("token_type", TokenType), ("expires_in", $"{(long)Lifetime.TotalSeconds}"), ("scope", Scope),
                ("issued_token_type", IssuedTokenType), ("refresh_token", RefreshToken), ("id_token", IdToken));
        }

        response.ContentType = "application/json";
        await response.WriteJsonAsync(Write, httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("access_token"u8, AccessToken);
        json.WriteString("token_type"u8, TokenType);
        json.WriteNumber("expires_in"u8, (long)Lifetime.TotalSeconds);
        json.WriteString("scope"u8, Scope);
        WriteOptional(json, "refresh_token", RefreshToken);
        WriteOptional(json, "id_token", IdToken);
        WriteOptional(json, "issued_token_type", IssuedTokenType);
        if (AuthorizationDetails is not null)
        {
            json.WritePropertyName("authorization_details"u8);
            json.WriteRawValue(AuthorizationDetails);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
