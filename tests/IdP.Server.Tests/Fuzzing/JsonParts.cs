using System.Text;
using System.Text.Json;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>The values of a JSON text by their places in it, so that any one can be replaced by what is no JSON at all.</summary>
internal static class JsonParts
{
    public static string Replace(string json, int which, string value) => Change(json, which, part => value);

    public static string Repeat(string json, int which) => Change(json, which, part => part, repeat: true);

    public static string Drop(string json, int which) => Change(json, which, part => null);

    private static string Change(string json, int which, Func<string, string?> change, bool repeat = false)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var parts = Find(bytes);
        if (parts.Count == 0)
        {
            return json;
        }

        var (start, end, nameStart) = parts[which % parts.Count];
        var before = Encoding.UTF8.GetString(bytes, 0, start);
        var after = Encoding.UTF8.GetString(bytes, end, bytes.Length - end);
        if (change(Encoding.UTF8.GetString(bytes, start, end - start)) is { } value)
        {
            return before + value + (repeat ? "," + Encoding.UTF8.GetString(bytes, nameStart, end - nameStart) : "") + after;
        }

        before = Encoding.UTF8.GetString(bytes, 0, nameStart).TrimEnd();
        after = after.TrimStart();
        return after.StartsWith(',') ? before + after[1..] : before.TrimEnd(',') + after;
    }

    private static List<(int Start, int End, int NameStart)> Find(byte[] json)
    {
        var found = new List<(int Start, int End, int NameStart)>();
        var open = new Stack<(int Start, int NameStart)>();
        var reader = new Utf8JsonReader(json);
        int? name = null;
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = start;
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((start, name ?? start));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var (from, nameStart) = open.Pop();
                        found.Add((from, (int)reader.BytesConsumed, nameStart));
                        break;
                    default:
                        found.Add((start, (int)reader.BytesConsumed, name ?? start));
                        break;
                }

                name = null;
            }
        }
        catch (JsonException)
        {
            // An earlier change made something else of it.
        }

        return found;
    }
}
