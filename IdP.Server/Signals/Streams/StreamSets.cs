namespace Platform.IdP.Signals.Streams;

/// <summary>Writes the SETs of a stream. The same event has the same jti each time (RFC 8417 section 2.2).</summary>
internal sealed class StreamSets(EventSigner signer, StreamSubject subjects)
{
    public SignedEvent Sign(EventStream stream, SecurityEvent raised) =>
        signer.Sign(raised, StreamQueue.NameOf(stream.Id), stream.Audience, subjects.Of(stream, raised.Subject));

    public static string IdOf(EventStream stream, SecurityEvent raised) => raised.JwtIdAt(StreamQueue.NameOf(stream.Id));
}
