namespace Platform.Contacts.Authorization;

/// <summary>Section <c>Oidc:Introspection</c>.</summary>
internal sealed class IntrospectionOptions
{
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";
}
