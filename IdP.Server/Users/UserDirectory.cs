using System.Buffers.Text;
using System.Collections.Frozen;

namespace Platform.IdP.Users;

/// <summary>The people who can sign in: a snapshot that is replaced as a whole when users.yaml changes.</summary>
internal sealed class UserDirectory(IReadOnlyList<User> users)
{
    private const byte PasswordHasherVersion3 = 1;

    private volatile Snapshot _current = new(users);

    public IEnumerable<string> DemoUserNames => _current.Users.Where(user => user.IsDemo).Select(user => user.UserName);

    /// <summary>Those too who are disabled. The list never changes; there is another one after a change.</summary>
    public IReadOnlyList<User> Entries => _current.Users;

    /// <summary>All who are not disabled. The collection never changes; there is another one after a change.</summary>
    public IReadOnlyCollection<User> All => _current.All;

    public static UserDirectory Read(ConfigurationFile file) => new(ReadAll(file));

    /// <exception cref="ConfigurationFileException">The file cannot be used.</exception>
    public static IReadOnlyList<User> ReadAll(ConfigurationFile file)
    {
        var userNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return file.ReadEntries("users", "sub", entry =>
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
        });
    }

    /// <summary>The person, unless she is unknown or disabled.</summary>
    public User? FindBySubject(string subject) => _current.BySubject.GetValueOrDefault(subject);

    public User? FindByUserName(string userName) => _current.ByUserName.GetValueOrDefault(userName.Trim());

    public void Replace(IReadOnlyList<User> users) => _current = new(users);

    // Whoever is disabled is not found.
    private sealed class Snapshot(IReadOnlyList<User> users)
    {
        public IReadOnlyList<User> Users => users;

        public IReadOnlyCollection<User> All { get; } = [.. users.Where(user => !user.IsDisabled)];

        public FrozenDictionary<string, User> BySubject { get; } =
            users.Where(user => !user.IsDisabled).ToFrozenDictionary(user => user.Subject, StringComparer.Ordinal);

        public FrozenDictionary<string, User> ByUserName { get; } =
            users.Where(user => !user.IsDisabled).ToFrozenDictionary(user => user.UserName, StringComparer.OrdinalIgnoreCase);
    }
}
