using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.IdP.AuthorizationDetails;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DetailsJson : JsonSerializerContext;
