using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.ServiceDefaults.Kafka;

namespace Platform.Caep.Push;

/// <summary>
/// Puts accepted events into the topic that the issuer's come by: then they are safe, also while Redis is away, and all
/// events of one user keep one order, whichever door they came in by.
/// </summary>
internal sealed class EventTopic(Lazy<IProducer<byte[]?, byte[]?>> producer, IOptions<KafkaOptions> options)
{
    /// <exception cref="KafkaException">It is not safe: the transmitter must keep it.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> compactSet, EventCheck.Accepted accepted, CancellationToken cancellationToken)
    {
        var message = new Message<byte[]?, byte[]?> { Key = KeyOf(accepted), Value = compactSet.ToArray(), Headers = [] };
        KafkaTraceContext.Inject(Activity.Current, message.Headers);
        return producer.Value.ProduceAsync(options.Value.Topic, message, cancellationToken);
    }

    // As the issuer does: a hash of issuer and subject.
    private static byte[] KeyOf(EventCheck.Accepted accepted)
    {
        var target = accepted.Targets is [var first, ..] ? first : new(accepted.Transmitter.Issuer, accepted.Token.JwtId, SessionId: null);
        var name = $"{target.Issuer}|{target.Subject ?? target.SessionId}";
        return Encoding.UTF8.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
    }
}
