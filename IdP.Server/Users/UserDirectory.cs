using System.Buffers.Text;
using System.Collections.Frozen;

namespace Platform.IdP.Users;

internal sealed class UserDirectory(IReadOnlyList<User> users)
{
    private const byte PasswordHasherVersion3 = 1;

    // Whoever is disabled is not found.
    private readonly FrozenDictionary<string, User> _bySubject =
        users.Where(user => !user.IsDisabled).ToFrozenDictionary(user => user.Subject, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, User> _byUserName =
        users.Where(user => !user.IsDisabled).ToFrozenDictionary(user => user.UserName, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> DemoUserNames => users.Where(user => user.IsDemo).Select(user => user.UserName);

    public IEnumerable<User> All => _bySubject.Values;

    public static UserDirectory Read(ConfigurationFile file)
    {
        var userNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new UserDirectory(file.ReadEntries("users", "sub", entry =>
        {
            var userName = entry.Text("username");
            if (!userNames.Add(userName))
            {
                throw entry.Fault("username", $"username '{userName}' is there twice: remove one of the two.");
            }

            var hash = entry.Text("password_hash");
            if (!Base64.IsValid(hash) || Convert.FromBase64String(hash) is not [PasswordHasherVersion3, ..])
            {
                throw entry.Fault("password_hash", "this is no hash of ASP.NET Core's PasswordHasher, version 3: make one.");
            }

            return new User(entry.Text("sub"), userName, entry.Text("name"), entry.Text("email"), hash, entry.Flag("demo"))
            {
                IsDisabled = entry.Flag("disabled"),
                Claims = StandardClaims.Read(entry),
            };
        }));
    }

    /// <summary>The person, unless she is unknown or disabled.</summary>
    public User? FindBySubject(string subject) => _bySubject.GetValueOrDefault(subject);

    public User? FindByUserName(string userName) => _byUserName.GetValueOrDefault(userName.Trim());
}
