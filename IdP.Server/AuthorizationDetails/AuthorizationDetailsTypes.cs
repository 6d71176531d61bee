using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.IdP.AuthorizationDetails;

/// <summary>The types that this server knows (config/authorization_details.yaml, which need not exist).</summary>
internal sealed class AuthorizationDetailsTypes(IReadOnlyList<AuthorizationDetailsType> types)
{
    public const string FileName = "authorization_details.yaml";

    private readonly FrozenDictionary<string, AuthorizationDetailsType> _types =
        types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => types.Select(type => type.Name);

    public AuthorizationDetailsType? Find(string name) => _types.GetValueOrDefault(name);

    public static AuthorizationDetailsTypes Read(ConfigurationFile file) =>
        new(file.Exists ? file.ReadEntries("types", "type", ReadType) : []);

    private static AuthorizationDetailsType ReadType(YamlEntry entry)
    {
        var name = entry.Text("type");
        return new AuthorizationDetailsType
        {
            Name = name,
            Title = entry.OptionalText("title") ?? FieldWords.Of(name),
            Description = entry.OptionalText("description"),
            Locations = entry.OptionalTexts("locations") ?? [],
            TakesAnyField = entry.Flag("any_fields"),
            Fields = entry.OptionalJson("fields") is { } fields ? ReadFields(entry, fields) : [],
        };
    }

    private static IReadOnlyList<AuthorizationDetailsField> ReadFields(YamlEntry entry, string json)
    {
        const string Form = "write each field as 'name: {title: ..., required: true, values: [...]}', every member optional.";
        return ReceivedJson.Parse(json, JsonValueKind.Object) is { } fields
            ? [.. fields.EnumerateObject().Select(field => ReadField(field) ?? throw entry.Fault("fields", Form))]
            : throw entry.Fault("fields", Form);
    }

    private static AuthorizationDetailsField? ReadField(JsonProperty field)
    {
        var title = FieldWords.Of(field.Name);
        var isRequired = false;
        IReadOnlyList<string>? values = [];
        if (field.Value.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in field.Value.EnumerateObject())
        {
            switch (member.Name, member.Value.ValueKind)
            {
                case ("title", JsonValueKind.String):
                    title = member.Value.GetString()!;
                    break;
                case ("required", JsonValueKind.True or JsonValueKind.False):
                    isRequired = member.Value.GetBoolean();
                    break;
                case ("values", _):
                    values = ReceivedJson.Texts(member.Value);
                    break;
                default:
                    return null;
            }
        }

        return values is null ? null : new AuthorizationDetailsField(field.Name, title, isRequired, values);
    }
}
