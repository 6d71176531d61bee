using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Caep.Transmitters;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Polling;

/// <summary>Finds, creates, verifies and deletes the stream at a transmitter (SSF 1.0 section 8.1).</summary>
internal sealed class PolledStream(TrustedTransmitter transmitter, TransmitterCalls calls)
{
    private const string Poll = "urn:ietf:rfc:8936";

    private readonly StreamAdjustment _adjustment = new(transmitter, calls);

    /// <summary>The id, where it was found or created here.</summary>
    public string? Id { get; private set; }

    /// <summary>What the verification must say that was asked for last.</summary>
    public string? State { get; private set; }

    /// <summary>Why the stream is not as it is wanted, if the transmitter would not change it.</summary>
    public string? Fault { get; private set; }

    /// <summary>Why the transmitter could not be asked for a verification, if it could not.</summary>
    public string? Unverified { get; private set; }

    /// <summary>Where to poll.</summary>
    /// <exception cref="HttpRequestException">The transmitter refuses or does not answer.</exception>
    public async Task<Uri> OpenAsync(CancellationToken cancellationToken)
    {
        if (transmitter.Poll!.Endpoint is { } known)
        {
            return new Uri(known);
        }

        var metadata = await MetadataAsync(cancellationToken);
        var configuration = Required(metadata.ConfigurationEndpoint, "configuration_endpoint");
        var former = await FindAsync(configuration, cancellationToken);
        var stream = former ?? await CreateAsync(configuration, cancellationToken);
        Id = IdOf(stream);
        Fault = former is null ? null : await _adjustment.MakeAsync(metadata, stream, cancellationToken);
        var address = stream.TryGetProperty("delivery", out var delivery) && SecureAddress.TryParse(Text(delivery, "endpoint_url"), out var endpoint)
            ? endpoint
            : throw new HttpRequestException("The stream has no endpoint_url that is safe to poll.");
        Unverified = metadata.VerificationEndpoint is { } verification ? await VerifyAsync(verification, cancellationToken) : null;
        return address;
    }

    /// <summary>Whether there was one.</summary>
    /// <exception cref="HttpRequestException">The transmitter refuses or does not answer.</exception>
    public async Task<bool> RemoveAsync(CancellationToken cancellationToken)
    {
        var configuration = Required((await MetadataAsync(cancellationToken)).ConfigurationEndpoint, "configuration_endpoint");
        if (await FindAsync(configuration, cancellationToken) is not { } stream)
        {
            return false;
        }

        await calls.SendAsync(HttpMethod.Delete, StreamAdjustment.OfStream(configuration, IdOf(stream)), body: null, TransmitterCalls.Longest, cancellationToken);
        return true;
    }

    // One that was created before: by us, since it is this receiver's.
    private async Task<JsonElement?> FindAsync(Uri configuration, CancellationToken cancellationToken)
    {
        var found = await calls.SendAsync(HttpMethod.Get, configuration, body: null, TransmitterCalls.Longest, cancellationToken);
        JsonElement[] streams = found switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            { ValueKind: JsonValueKind.Object } one => [one],
            _ => [],
        };
        return streams
            .Where(stream => stream.TryGetProperty("delivery", out var delivery) && Text(delivery, "method") == Poll)
            .Select(stream => (JsonElement?)stream)
            .FirstOrDefault();
    }

    private async Task<JsonElement> CreateAsync(Uri configuration, CancellationToken cancellationToken)
    {
        var body = _adjustment.Wanted();
        body["delivery"] = new JsonObject { ["method"] = Poll };
        return await calls.SendAsync(HttpMethod.Post, configuration, body, TransmitterCalls.Longest, cancellationToken)
            ?? throw new HttpRequestException("The transmitter did not answer with the stream that it created.");
    }

    // SSF 1.0 section 8.1.4: a transmitter may answer 429 when it was asked a moment ago. The stream is no worse for any failure.
    private async Task<string?> VerifyAsync(Uri verification, CancellationToken cancellationToken)
    {
        try
        {
            State = RandomNumberGenerator.GetHexString(32);
            var body = new JsonObject { ["stream_id"] = Id, ["state"] = State };
            await calls.SendAsync(HttpMethod.Post, verification, body, TransmitterCalls.Longest, cancellationToken);
            return null;
        }
        catch (HttpRequestException failed)
        {
            State = null;
            return failed.StatusCode is HttpStatusCode.TooManyRequests ? null : failed.Message;
        }
    }

    private async Task<TransmitterMetadata> MetadataAsync(CancellationToken cancellationToken) =>
        await (transmitter.Discovery ?? throw new HttpRequestException(
            $"The transmitter {transmitter.Name} has a JwksUri, and so no metadata: set its Poll:Endpoint.")).GetMetadataAsync(cancellationToken);

    private static Uri Required(Uri? address, string name) =>
        address ?? throw new HttpRequestException($"The transmitter's metadata has no {name}: set Poll:Endpoint.");

    internal static string? IdOf(JsonElement stream) => Text(stream, "stream_id");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
