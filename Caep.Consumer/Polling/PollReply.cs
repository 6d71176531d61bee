using System.Text.Json.Nodes;

namespace Platform.Caep.Polling;

/// <summary>What the next poll says of the events of the last one (RFC 8936 section 2.4).</summary>
internal sealed class PollReply
{
    private readonly List<string> _acknowledged = [];
    private readonly Dictionary<string, (string Error, string Reason)> _refused = new(StringComparer.Ordinal);

    private IEnumerable<string> Done => _acknowledged.Concat(_refused.Keys);

    /// <summary>Whether there is an event that the transmitter was not told of by then: some send what was acknowledged again.</summary>
    public bool TellsMoreThan(PollReply former) => Done.Except(former.Done, StringComparer.Ordinal).Any();

    public void Acknowledge(string jwtId) => _acknowledged.Add(jwtId);

    public void Refuse(string jwtId, string error, string reason) => _refused[jwtId] = (error, reason);

    /// <summary>The transmitter may wait with its answer until there is an event.</summary>
    public JsonObject ToRequest(int maxEvents)
    {
        var request = new JsonObject { ["maxEvents"] = maxEvents, ["returnImmediately"] = false };
        if (_acknowledged.Count > 0)
        {
            request["ack"] = new JsonArray([.. _acknowledged.Select(id => JsonValue.Create(id))]);
        }

        if (_refused.Count > 0)
        {
            request["setErrs"] = new JsonObject(_refused.Select(each => KeyValuePair.Create(
                each.Key, (JsonNode?)new JsonObject { ["err"] = each.Value.Error, ["description"] = each.Value.Reason })));
        }

        return request;
    }
}
