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

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    /// <summary>The id, where it was found or created here.</summary>
    public string? Id { get; private set; }

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
        var stream = await FindAsync(configuration, cancellationToken) ?? await CreateAsync(configuration, cancellationToken);
        Id = Text(stream, "stream_id");
        if (metadata.VerificationEndpoint is { } verification)
        {
            await VerifyAsync(verification, cancellationToken);
        }

        return stream.TryGetProperty("delivery", out var delivery) && Uri.TryCreate(Text(delivery, "endpoint_url"), UriKind.Absolute, out var address)
            ? address
            : throw new HttpRequestException("The stream has no endpoint_url to poll.");
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

        var address = new UriBuilder(configuration) { Query = $"stream_id={Uri.EscapeDataString(Text(stream, "stream_id") ?? "")}" }.Uri;
        await calls.SendAsync(HttpMethod.Delete, address, body: null, LongestCall, cancellationToken);
        return true;
    }

    // One that was created before: by us, since it is this receiver's.
    private async Task<JsonElement?> FindAsync(Uri configuration, CancellationToken cancellationToken)
    {
        var found = await calls.SendAsync(HttpMethod.Get, configuration, body: null, LongestCall, cancellationToken);
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
        IEnumerable<string> wanted = transmitter.Events is { } events ? events : EventTypes.OfSubjects;
        var body = new JsonObject
        {
            ["events_requested"] = new JsonArray([.. wanted.Select(type => JsonValue.Create(type))]),
            ["delivery"] = new JsonObject { ["method"] = Poll },
        };
        return await calls.SendAsync(HttpMethod.Post, configuration, body, LongestCall, cancellationToken)
            ?? throw new HttpRequestException("The transmitter did not answer with the stream that it created.");
    }

    // SSF 1.0 section 8.1.4: a transmitter may answer 429 when it was asked a moment ago; the stream is no worse for it.
    private async Task VerifyAsync(Uri verification, CancellationToken cancellationToken)
    {
        try
        {
            var body = new JsonObject { ["stream_id"] = Id, ["state"] = RandomNumberGenerator.GetHexString(32) };
            await calls.SendAsync(HttpMethod.Post, verification, body, LongestCall, cancellationToken);
        }
        catch (HttpRequestException soon) when (soon.StatusCode is System.Net.HttpStatusCode.TooManyRequests)
        {
            return;
        }
    }

    private async Task<TransmitterMetadata> MetadataAsync(CancellationToken cancellationToken) =>
        await (transmitter.Discovery ?? throw new HttpRequestException(
            $"The transmitter {transmitter.Name} has a JwksUri, and so no metadata: set its Poll:Endpoint.")).GetMetadataAsync(cancellationToken);

    private static Uri Required(Uri? address, string name) =>
        address ?? throw new HttpRequestException($"The transmitter's metadata has no {name}: set Poll:Endpoint.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
