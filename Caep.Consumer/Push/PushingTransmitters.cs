using System.Security.Cryptography;
using Platform.Caep.Transmitters;

namespace Platform.Caep.Push;

/// <summary>Who pushes, by the bearer token that the configuration gives to each (RFC 8935 section 3, RFC 6750).</summary>
internal sealed class PushingTransmitters(TrustedTransmitters transmitters)
{
    private const string Scheme = "Bearer ";

    private readonly TrustedTransmitter[] _pushing = [.. transmitters.All.Where(transmitter => transmitter.PushTokenHash is not null)];

    /// <summary>Compares with all of them, so that the time tells nothing.</summary>
    public TrustedTransmitter? Find(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var shown = TrustedTransmitter.HashOf(authorization[Scheme.Length..].Trim());
        TrustedTransmitter? found = null;
        foreach (var transmitter in _pushing)
        {
            if (CryptographicOperations.FixedTimeEquals(shown, transmitter.PushTokenHash))
            {
                found = transmitter;
            }
        }

        return found;
    }
}
