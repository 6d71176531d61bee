using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.IdP.TokenExchange;

/// <summary>Who acts for whom (RFC 8693 section 4.1), and who may (section 4.4).</summary>
internal static class ActorChain
{
    private const int Longest = 8;

    /// <summary>The <c>act</c> of the new token: who acts now around those who acted before; null when there would be too many.</summary>
    public static JsonObject? Extend(JsonElement subject, string actor)
    {
        var act = new JsonObject { ["sub"] = actor };
        if (subject.TryGetProperty("act", out var former))
        {
            if (Length(former) >= Longest)
            {
                return null;
            }

            act["act"] = JsonNode.Parse(former.GetRawText());
        }

        return act;
    }

    /// <summary>The chain as it is, where nobody is added (impersonation).</summary>
    public static JsonObject? Keep(JsonElement subject) =>
        subject.TryGetProperty("act", out var former) ? JsonNode.Parse(former.GetRawText()) as JsonObject : null;

    /// <summary>Whether the subject's token allows this actor: without <c>may_act</c> it leaves that to the policy.</summary>
    public static bool Allows(JsonElement subject, string actor, string issuer) =>
        !subject.TryGetProperty("may_act", out var allowed) ||
        (allowed.ValueKind is JsonValueKind.Object && allowed.TryGetProperty("sub", out _) &&
            allowed.EnumerateObject().All(member => member.Name switch
            {
                "sub" => IsText(member.Value, actor),
                "iss" => IsText(member.Value, issuer),
                _ => false,
            }));

    private static int Length(JsonElement act)
    {
        var length = 0;
        for (JsonElement? link = act; link is { ValueKind: JsonValueKind.Object } actor; length++)
        {
            link = actor.TryGetProperty("act", out var next) ? next : null;
        }

        return length;
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind is JsonValueKind.String && value.ValueEquals(text);
}
