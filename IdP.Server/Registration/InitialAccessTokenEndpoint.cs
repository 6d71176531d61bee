using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.IdP.Registration;

/// <summary>Where an administrator lets somebody register a client.</summary>
internal static class InitialAccessTokenEndpoint
{
    public const string Path = "/admin/initial-access-tokens";
    private const string Scope = "clients.register";
    private const int LongestLifetime = 30 * 86400;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static async Task<IResult> Issue(
        HttpRequest request, BearerAuthentication bearer, InitialAccessTokenStore tokens, RegistrationPolicy policy,
        AuditLog audit, CancellationToken cancellationToken)
    {
        var caller = await bearer.CheckClientAsync(request, Scope);
        if (caller is BearerCheck.Refused refused)
            return refused;

        if (await ReadAsync(request, cancellationToken) is not { } command)
            return Problem("The body must be a JSON object with the optional members profile, client_id and lifetime_seconds.");
        if (policy.Find(command.Profile) is null)
            return Problem($"The profile is unknown: use one of {string.Join(", ", policy.Profiles.Select(profile => profile.Name))}.");
        if (command.LifetimeSeconds is < 1 or > LongestLifetime)
            return Problem($"lifetime_seconds must be between 1 and {LongestLifetime}.");
        if (command.ClientId is { } id && !ClientIdentifiers.IsAcceptable(id))
            return Problem("client_id must have 1 to 128 characters of A-Z a-z 0-9 . _ ~ -");

        var (token, expiresAt) = await tokens.IssueAsync(command.Profile, command.ClientId,
            command.LifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        audit.AdministratorActed(((BearerCheck.Valid)caller).Token.ClientId, "initial access token", command.ClientId ?? command.Profile);
        return TypedResults.Json(
            new Dictionary<string, object> { ["initial_access_token"] = token, ["expires_at"] = expiresAt.ToUnixTimeSeconds() },
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Command?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 or null && !request.HasJsonContentType())
        {
            return new Command(null, null, null);
        }

        try
        {
            return request.HasJsonContentType()
                ? await JsonSerializer.DeserializeAsync<Command>(request.Body, Strict, cancellationToken)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProblemHttpResult Problem(string detail) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status400BadRequest, title: "The initial access token cannot be issued");

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Command(string? Profile, string? ClientId, int? LifetimeSeconds);
}
