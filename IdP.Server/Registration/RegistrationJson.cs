using System.Text.Json.Serialization;

namespace Platform.IdP.Registration;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InitialAccessToken))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
