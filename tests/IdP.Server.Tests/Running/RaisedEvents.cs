using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.IdP.Audit;
using Platform.IdP.Configuration;
using Platform.IdP.Credentials;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Events;
using Platform.IdP.Users;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Running;

/// <summary>Events without a server: what raises them, and what stands in the outbox.</summary>
internal static class RaisedEvents
{
    public static EventFactory Factory() => new(
        new UserDirectory([]), Options.Create(new IdpOptions { Issuer = IdpServer.Issuer }), TimeProvider.System);

    public static CredentialEvents OfCredentials(IConnectionMultiplexer redis) => new(
        Factory(), new Outbox(redis), redis, new AuditLog(NullLoggerFactory.Instance, new HttpContextAccessor()));

    public static IReadOnlyList<SecurityEvent> InOutbox(IConnectionMultiplexer redis) =>
        [.. redis.GetDatabase().ListRange(Outbox.Key).Select(entry =>
            JsonSerializer.Deserialize((string)entry!, SecurityEventJson.Default.SecurityEvent)!)];
}
