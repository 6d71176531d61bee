using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Platform.Bff.Tests.Fixture;

/// <summary>Where clients register (RFC 7591) and change what they registered (RFC 7592).</summary>
internal sealed partial class TestProvider
{
    private readonly ConcurrentDictionary<string, string> _permissions = new();
    private readonly ConcurrentDictionary<string, string> _registrationTokens = new();

    /// <summary>What clients sent, in the order in which it came.</summary>
    public ConcurrentQueue<(string Method, JsonObject Metadata)> Registrations { get; } = new();

    /// <summary>Changes the next answers.</summary>
    public Action<JsonObject> Registration { get; set; } = _ => { };

    /// <summary>The error that the next registrations get; a status alone has no error.</summary>
    public (int Status, string? Error, string? Description)? RegistrationRefusal { get; set; }

    /// <summary>What registrations wait for before they are answered.</summary>
    public Task RegistrationGate { get; set; } = Task.CompletedTask;

    /// <summary>A permission for one registration.</summary>
    public string NewInitialAccessToken()
    {
        var token = $"initial-{Guid.NewGuid()}";
        Issued.Enqueue(token);
        _permissions[token] = token;
        return token;
    }

    public void ForgetRegistration(string clientId) => _registrationTokens.TryRemove(clientId, out _);

    private async Task<IResult> Register(HttpRequest request)
    {
        await RegistrationGate;
        var metadata = await ReadJsonAsync(request);
        if (RegistrationRefusal is { } refusal)
        {
            return Refuse(refusal);
        }

        return _permissions.TryRemove(Bearer(request), out _)
            ? Registered(metadata, StatusCodes.Status201Created)
            : Unauthorized(request);
    }

    private async Task<IResult> Change(HttpRequest request, string clientId)
    {
        var metadata = await ReadJsonAsync(request);
        if (RegistrationRefusal is { } refusal)
        {
            return Refuse(refusal);
        }

        return _registrationTokens.GetValueOrDefault(clientId) == Bearer(request)
            ? Registered(metadata, StatusCodes.Status200OK)
            : Unauthorized(request);
    }

    // A new token each time, as RFC 7592 section 3 allows.
    private IResult Registered(JsonObject metadata, int status)
    {
        var clientId = (string)metadata["client_id"]!;
        var token = $"registration-{Guid.NewGuid()}";
        Issued.Enqueue(token);
        _registrationTokens[clientId] = token;
        var answer = (JsonObject)metadata.DeepClone();
        answer["registration_access_token"] = token;
        answer["registration_client_uri"] = $"{Issuer}/register/{clientId}";
        Registration(answer);
        return Results.Json(answer, statusCode: status);
    }

    private async Task<JsonObject> ReadJsonAsync(HttpRequest request)
    {
        var metadata = (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        Registrations.Enqueue((request.Method, metadata));
        return metadata;
    }

    private static string Bearer(HttpRequest request) => request.Headers.Authorization.ToString()["Bearer ".Length..];

    private static IResult Refuse((int Status, string? Error, string? Description) refusal) => refusal.Error is null
        ? Results.StatusCode(refusal.Status)
        : Results.Json(
            new JsonObject { ["error"] = refusal.Error, ["error_description"] = refusal.Description }, statusCode: refusal.Status);

    private static IResult Unauthorized(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
