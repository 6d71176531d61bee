using System.Security.Cryptography;
using System.Text;

namespace Platform.Contacts.Contacts;

/// <summary>
/// Sample data: a few of these people for every owner, others for another owner, the same for the same one.
/// Addresses and numbers are of those set aside for examples (RFC 2606, 555-01xx).
/// </summary>
internal sealed record AddressBook(string Owner, IReadOnlyList<Contact> Contacts)
{
    private const int Size = 6;

    private static readonly Contact[] People =
    [
        new("Alan Turing", "alan.turing@example.org", "+1 202 555 0101"),
        new("Annie Easley", "annie.easley@example.org", "+1 202 555 0102"),
        new("Barbara Liskov", "barbara.liskov@example.org", "+1 202 555 0103"),
        new("Charles Babbage", "charles.babbage@example.org", "+1 202 555 0104"),
        new("Donald Knuth", "donald.knuth@example.org", "+1 202 555 0105"),
        new("Dorothy Vaughan", "dorothy.vaughan@example.org", "+1 202 555 0106"),
        new("Edsger Dijkstra", "edsger.dijkstra@example.org", "+1 202 555 0107"),
        new("Frances Allen", "frances.allen@example.org", "+1 202 555 0108"),
        new("Hedy Lamarr", "hedy.lamarr@example.org", "+1 202 555 0109"),
        new("Katherine Johnson", "katherine.johnson@example.org", "+1 202 555 0110"),
        new("Margaret Hamilton", "margaret.hamilton@example.org", "+1 202 555 0111"),
        new("Mary Somerville", "mary.somerville@example.org", "+1 202 555 0112"),
        new("Radia Perlman", "radia.perlman@example.org", "+1 202 555 0113"),
        new("Tony Hoare", "tony.hoare@example.org", "+1 202 555 0114"),
    ];

    public static AddressBook Of(string owner) => new(owner, [.. People
        .OrderBy(person => Closeness(owner, person), StringComparer.Ordinal)
        .Take(Size)
        .OrderBy(person => person.Name, StringComparer.Ordinal)]);

    private static string Closeness(string owner, Contact person) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner} {person.Email}")));
}
