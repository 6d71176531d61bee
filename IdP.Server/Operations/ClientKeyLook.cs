using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.IdP.Operations;

/// <summary>Looks at a client's keys now, beside those that are kept: what can be fetched, and if not, why.</summary>
internal sealed class ClientKeyLook(OutboundClient outbound)
{
    public async Task<ClientKeyReport> AtAsync(Client client, CancellationToken cancellationToken)
    {
        if (client.KeysUri is not { } address)
        {
            return new(client.Keys is { } keys ? Views(keys) : null, null, []);
        }

        return await outbound.GetAsync(address, cancellationToken) switch
        {
            OutboundAnswer.Ok answer => Read(answer.Body),
            OutboundAnswer.Refused refused => new(null, refused.Reason, []),
            _ => throw new InvalidOperationException(),
        };
    }

    private static ClientKeyReport Read(byte[] body)
    {
        try
        {
            var keys = JsonWebKeySet.Parse(body);
            using var document = JsonDocument.Parse(body);
            return new(Views(keys), null, [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(Fault).OfType<string>()]);
        }
        catch (FormatException unreadable)
        {
            return new(null, unreadable.Message, []);
        }
    }

    // RFC 7517 section 5: one that cannot be used is left out; who wonders where it is should be told.
    private static string? Fault(JsonElement key)
    {
        try
        {
            JsonWebKey.Parse(key);
            return null;
        }
        catch (FormatException unusable)
        {
            return unusable.Message;
        }
    }

    private static List<ClientKeyView> Views(JsonWebKeySet keys) =>
        [.. keys.Keys.Select(key => new ClientKeyView(key.KeyId, key.KeyType, key.Algorithm?.ToString(), key.Thumbprint))];
}

/// <param name="Keys">Null when it has none, or they cannot be had.</param>
/// <param name="Unusable">Why others are left out.</param>
internal sealed record ClientKeyReport(IReadOnlyList<ClientKeyView>? Keys, string? Fault, IReadOnlyList<string> Unusable);
