using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.Sessions.Listing;

/// <summary>
/// What a list shows of a session. Its record opens with the handle alone, which only its browser has, so this part is
/// sealed with a key of the service.
/// </summary>
internal sealed record ListingEntry(DateTimeOffset CreatedAt, SessionDevice? Device);

/// <summary>Seals entries, each under the name of its session, so that none opens in the place of another.</summary>
internal sealed class ListingSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Platform.Sessions.Listing");

    public byte[] Seal(SessionRecord record, string redisKey) => _protector.CreateProtector(redisKey).Protect(
        JsonSerializer.SerializeToUtf8Bytes(new(record.CreatedAt, record.Device), ListingJson.Default.ListingEntry));

    /// <summary>Null when it was sealed with keys that are lost, or by somebody else.</summary>
    public ListingEntry? Open(byte[]? box, string redisKey)
    {
        try
        {
            return box is null
                ? null
                : JsonSerializer.Deserialize(_protector.CreateProtector(redisKey).Unprotect(box), ListingJson.Default.ListingEntry);
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(ListingEntry))]
internal sealed partial class ListingJson : JsonSerializerContext;
