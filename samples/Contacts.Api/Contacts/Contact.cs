namespace Platform.Contacts.Contacts;

internal sealed record Contact(string Name, string Email, string Phone);
