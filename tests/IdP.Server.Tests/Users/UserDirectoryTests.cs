using Platform.IdP.Users;

namespace Platform.IdP.Tests.Users;

public sealed class UserDirectoryTests
{
    private static readonly User Ada = new("1", "ada", "Ada Lovelace", "ada@example.com", "", false);

    [Fact]
    public void Finds_a_person_by_subject_and_by_name()
    {
        var users = new UserDirectory([Ada]);

        Assert.Same(Ada, users.FindBySubject("1"));
        Assert.Same(Ada, users.FindByUserName(" ADA "));
    }

    [Fact]
    public void Does_not_find_whoever_is_disabled()
    {
        var users = new UserDirectory([Ada with { IsDisabled = true }]);

        Assert.Null(users.FindBySubject("1"));
        Assert.Null(users.FindByUserName("ada"));
    }
}
