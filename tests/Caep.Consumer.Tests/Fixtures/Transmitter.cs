using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>The issuer as the consumer sees it: metadata and keys over HTTP, and events signed with them.</summary>
public sealed class Transmitter : IAsyncLifetime
{
    public const string Audience = "urn:platform:caep";

    private readonly WebApplication _app;
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.RS256);
    private readonly SigningKey _accessKey = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly SigningKey _foreignKey = SigningKey.Create(JwsAlgorithm.RS256);
    private readonly SigningKey _nextKey = SigningKey.Create(JwsAlgorithm.RS256);
    private bool _rotated;

    public Transmitter() : this(_ => { })
    {
    }

    /// <param name="map">Endpoints beside its metadata and keys.</param>
    public Transmitter(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(async (http, next) =>
        {
            if (IsSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            }

            await next(http);
        });
        _app.MapGet("/.well-known/openid-configuration", () => Answer(Metadata()));
        _app.MapGet("/.well-known/ssf-configuration", () => Answer(Description().ToJsonString()));
        _app.MapGet("/jwks", () => Answer(Keys().ToJson()));
        map(_app);
    }

    public string Issuer { get; private set; } = "";

    public bool IsAway { get; set; }

    /// <summary>It takes calls and never answers them.</summary>
    public bool IsSilent { get; set; }

    /// <summary>A member that is missing in its metadata of SSF.</summary>
    public string? Without { get; set; }

    /// <summary>Members of complex subjects that it declares critical.</summary>
    public string[] Critical { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Issuer = _app.Urls.Single();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _nextKey.Dispose();
        _foreignKey.Dispose();
        _accessKey.Dispose();
    }

    /// <summary>From now on there is a second key, and events are signed with it.</summary>
    public void Rotate() => _rotated = true;

    public SubjectIdentifier User(string subject) => new SubjectIdentifier.IssuerSubject(Issuer, subject);

    public SecurityEventToken SessionRevoked(SubjectIdentifier subject, DateTimeOffset? at = null) => new(
        Issuer,
        Audience,
        Guid.NewGuid().ToString("N"),
        at ?? TimeProvider.System.GetUtcNow(),
        subject,
        EventTypes.SessionRevoked,
        JsonSerializer.SerializeToElement(new
        {
            event_timestamp = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds(),
            initiating_entity = "admin",
        }),
        TransactionId: null);

    /// <summary>An event of another type, with these members beside its time.</summary>
    public SecurityEventToken Event(string type, SubjectIdentifier subject, string members = "{}", DateTimeOffset? at = null)
    {
        var json = JsonNode.Parse(members)!.AsObject();
        json["event_timestamp"] = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
        return SessionRevoked(subject) with { EventType = type, Event = JsonSerializer.SerializeToElement(json) };
    }

    public string Sign(SecurityEventToken token) => token.Sign(_rotated ? _nextKey : _key);

    public string Forge(SecurityEventToken token) => token.Sign(_foreignKey);

    private IResult Answer(string json) =>
        IsAway ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Text(json, "application/json");

    /// <summary>An access token (RFC 9068) of the same issuer.</summary>
    public string SignAccessToken(JsonObject claims) => Jwt.Sign(_accessKey, "at+jwt", claims);

    private JsonWebKeySet Keys() => new(
        _rotated ? [_key.PublicKey, _accessKey.PublicKey, _nextKey.PublicKey] : [_key.PublicKey, _accessKey.PublicKey]);

    // SSF 1.0 section 7.1
    private JsonObject Description()
    {
        var description = Whole();
        description.Remove(Without ?? "");
        return description;
    }

    private JsonObject Whole() => new()
    {
        ["spec_version"] = "1_0",
        ["issuer"] = Issuer,
        ["jwks_uri"] = $"{Issuer}/jwks",
        ["configuration_endpoint"] = $"{Issuer}/stream",
        ["status_endpoint"] = $"{Issuer}/status",
        ["verification_endpoint"] = $"{Issuer}/verify",
        ["critical_subject_members"] = new JsonArray([.. Critical.Select(member => JsonValue.Create(member))]),
    };

    private string Metadata() => new JsonObject
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = $"{Issuer}/authorize",
        ["token_endpoint"] = $"{Issuer}/token",
        ["jwks_uri"] = $"{Issuer}/jwks",
    }.ToJsonString();
}
