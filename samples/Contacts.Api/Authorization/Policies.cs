namespace Platform.Contacts.Authorization;

/// <summary>What may be asked of a token.</summary>
internal static class Policies
{
    /// <summary>The policy, and the scope that it asks for.</summary>
    public const string ReadContacts = "contacts.read";
}
