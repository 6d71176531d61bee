using System.Text.Json.Serialization;

namespace Platform.IdP.Interaction;

/// <summary>A person on the way to a page of this server itself, who has to sign in first.</summary>
/// <param name="ReturnPath">Where she goes then; it stays on the server, so that no link can choose it.</param>
/// <param name="Purpose">What she is told that she signs in to.</param>
internal sealed record LocalSignInRequest(string ReturnPath, string Purpose, DateTimeOffset ExpiresAt);

[JsonSerializable(typeof(LocalSignInRequest))]
internal sealed partial class LocalSignInJson : JsonSerializerContext;
