using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.Extensions.Options;
using Platform.Bff.Session.Listing;
using Platform.Sessions;

namespace Platform.Bff.Session;

/// <summary>What the page may know of the session: who it is and how long it lasts. No token, no handle.</summary>
internal sealed record SessionView(
    string Subject,
    string? Name,
    string? Email,
    string? SessionId,
    string? Acr,
    DateTimeOffset AuthenticatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset IdleExpiresAt);

internal static class SessionEndpoints
{
    public static void AddSession(this WebApplicationBuilder builder)
    {
        builder.Services.AddSessions();
        builder.Services.AddSessionLookup();

        // Sessions that are sealed into cookies: authenticated encryption in one pass.
        builder.Services.AddDataProtection().UseCryptographicAlgorithms(
            new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        builder.Services.AddSingleton<CurrentSession>();
        builder.Services.AddSingleton<SessionDemandGate>();
        builder.Services.AddSingleton<SessionEvents>();
        builder.Services.AddSingleton<SessionListEndpoints>();
    }

    public static void MapSession(this IEndpointRouteBuilder auth)
    {
        auth.MapGet("/session", Show);
        auth.MapGet("/events", (HttpContext http, SessionEvents events) => events.StreamAsync(http));

        var list = auth.ServiceProvider.GetRequiredService<SessionListEndpoints>();
        auth.MapGet("/sessions", list.List);
        auth.MapDelete("/sessions", list.EndOthers);
        auth.MapDelete("/sessions/{id}", list.End);
    }

    internal static async Task<IResult> Show(
        HttpContext http, bool? slide, CurrentSession current, SessionDemandGate demands, IOptions<SessionsOptions> options,
        CancellationToken cancellationToken)
    {
        if (await current.FindAsync(http, isUse: slide is not false, cancellationToken) is not { } found)
        {
            return CurrentSession.None();
        }

        var (session, refusal) = await demands.PassAsync(http, found, cancellationToken);
        return session is { Record: var record }
            ? TypedResults.Ok(new SessionView(
                record.Subject, record.Name, record.Email, record.SessionId, record.Acr, record.AuthenticatedAt, record.ExpiresAt,
                session.SeenAt + options.Value.IdleLifetime))
            : refusal!;
    }
}
