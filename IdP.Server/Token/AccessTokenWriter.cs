using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.IdP.Token;

/// <summary>Writes the claims of an access token (RFC 9068 section 2.2). Every token response makes one: no detours.</summary>
internal static class AccessTokenWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write(IBufferWriter<byte> buffer, AccessTokenContent content)
    {
        var json = _writer ??= new Utf8JsonWriter(buffer, Plain);
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("iss"u8, content.Issuer);
        json.WriteString("sub"u8, content.Subject);
        WriteAudience(json, content.Audiences);
        json.WriteString("client_id"u8, content.Issuance.Client.Id);
        json.WriteNumber("iat"u8, content.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, content.ExpiresAt.ToUnixTimeSeconds());
        json.WriteString("jti"u8, content.Id);
        json.WriteString("scope"u8, content.Scope);
        WriteBinding(json, content.Issuance);
        if (content.Issuance.Grant is { } grant)
        {
            WriteGrant(json, grant);
        }

        if (content.Issuance.AuthorizationDetails is { } details)
        {
            json.WritePropertyName("authorization_details"u8);
            json.WriteRawValue(details);
        }

        if (content.Issuance.Actor is { } actor)
        {
            json.WritePropertyName("act"u8);
            actor.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteAudience(Utf8JsonWriter json, IReadOnlyList<string> audiences)
    {
        if (audiences is [var only])
        {
            json.WriteString("aud"u8, only);
            return;
        }

        WriteList(json, "aud", audiences);
    }

    // RFC 9449 section 6.1, RFC 8705 section 3.1
    private static void WriteBinding(Utf8JsonWriter json, Issuance issuance)
    {
        if (issuance.Confirmation is not { } confirmation)
        {
            return;
        }

        json.WriteStartObject("cnf"u8);
        if (confirmation.KeyThumbprint is { } key)
        {
            json.WriteString("jkt"u8, key);
        }

        if (confirmation.CertificateThumbprint is { } certificate)
        {
            json.WriteString("x5t#S256"u8, certificate);
        }

        json.WriteEndObject();
    }

    // RFC 9068 section 2.2.1: what the resource server may want to know of the authentication.
    private static void WriteGrant(Utf8JsonWriter json, AuthorizationGrant grant)
    {
        json.WriteString("grant_id"u8, grant.Id);
        if (grant.SessionId is { } sid)
        {
            json.WriteString("sid"u8, sid);
        }

        json.WriteNumber("auth_time"u8, grant.AuthenticatedAt.ToUnixTimeSeconds());
        if (grant.AuthenticationClass is { } acr)
        {
            json.WriteString("acr"u8, acr);
        }

        if (grant.AuthenticationMethods.Count > 0)
        {
            WriteList(json, "amr", grant.AuthenticationMethods);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        for (var index = 0; index < values.Count; index++)
        {
            json.WriteStringValue(values[index]);
        }

        json.WriteEndArray();
    }
}

/// <summary>What is written: the issuance, and what was decided for this one token.</summary>
internal readonly record struct AccessTokenContent(
    string Issuer, string Subject, IReadOnlyList<string> Audiences, string Id, string Scope,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, Issuance Issuance);
