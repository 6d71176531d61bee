using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>
/// The provider's keys: ES256 for tokens, RS256 for security events, which receivers expect (CAEP interoperability).
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    public SigningKeys(string folder)
    {
        Tokens = KeyFile.LoadOrCreate(Path.Combine(folder, "tokens-es256.pem"), JwsAlgorithm.ES256);
        Events = KeyFile.LoadOrCreate(Path.Combine(folder, "events-rs256.pem"), JwsAlgorithm.RS256);
        Published = new JsonWebKeySet([Tokens.PublicKey, Events.PublicKey]);
    }

    public SigningKey Tokens { get; }

    public SigningKey Events { get; }

    public JsonWebKeySet Published { get; }

    public void Dispose()
    {
        Tokens.Dispose();
        Events.Dispose();
    }
}
