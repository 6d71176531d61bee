using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>Writes the SET that one destination gets of an event (RFC 8417, SSF 1.0 section 4).</summary>
internal sealed class EventSigner(SigningKeys keys, IOptions<IdpOptions> idp)
{
    private readonly string _issuer = idp.Value.Issuer;

    /// <param name="subject">Null: the complex subject of session and user.</param>
    public SignedEvent Sign(SecurityEvent raised, string destination, string audience, SubjectIdentifier? subject = null)
    {
        var id = raised.JwtIdAt(destination);
        var token = new SecurityEventToken(_issuer, audience, id, raised.RaisedAt, subject ?? raised.Subject.ToIdentifier(_issuer),
            raised.Type, raised.Members, raised.TransactionId);
        return new SignedEvent(id, raised.Type, raised.OrderKey, token.Sign(keys.Events), raised.TraceParent, raised.TraceState);
    }
}

/// <summary>A SET on its way to one destination.</summary>
internal sealed record SignedEvent(string Id, string Type, string Key, string Token, string? TraceParent, string? TraceState);
