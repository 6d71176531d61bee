using Platform.IdP.Credentials;

namespace Platform.IdP.Tests.Credentials;

public sealed class CredentialDifferenceTests
{
    private static readonly PersonCredentials Nothing = new() { Subject = "ada" };

    private static readonly PersonCredentials Everything = new()
    {
        Subject = "ada",
        Password = new ChangedPassword("hash", "former", default),
        Totp = new TotpCredential("secret", default),
        Passkeys = [Passkey("internal")],
        RecoveryCodes = ["one", "two"],
    };

    [Fact]
    public void What_is_set_up_is_created_but_for_the_password_which_was_there()
    {
        Assert.Equal(
            ["password update", "app create", "fido2-platform create", "recovery-codes create"], Between(Nothing, Everything));
    }

    [Fact]
    public void What_is_taken_away_is_deleted() => Assert.Equal(
        ["app delete", "fido2-platform delete", "recovery-codes delete"],
        Between(Everything, Nothing with { Password = Everything.Password }));

    [Fact]
    public void What_takes_the_place_of_another_is_an_update() => Assert.Equal(
        ["password update", "app update", "recovery-codes update"],
        Between(Everything, Everything with
        {
            Password = new ChangedPassword("another", "former", default),
            Totp = new TotpCredential("another", default),
            RecoveryCodes = ["two"],
        }));

    [Fact]
    public void The_last_recovery_code_that_is_used_takes_them_away() => Assert.Equal(
        ["recovery-codes delete"], Between(Everything with { RecoveryCodes = ["two"] }, Everything with { RecoveryCodes = [] }));

    [Fact]
    public void A_passkey_that_counts_on_is_the_same_and_a_roaming_one_is_told_by_its_name()
    {
        Assert.Empty(Between(Everything, Everything with { Passkeys = [Passkey("internal") with { SignCount = 7 }] }));

        var added = Assert.Single(CredentialDifference.Between(Nothing, Nothing with { Passkeys = [Passkey("usb")] }));
        Assert.Equal(("fido2-roaming", "create", "A key"), (added.CredentialType, added.ChangeType, added.FriendlyName));
    }

    private static PasskeyCredential Passkey(string transport) => new()
    {
        Id = [1, 2, 3],
        PublicKey = [4],
        Name = "A key",
        AddedAt = default,
        Transports = [transport],
    };

    private static IEnumerable<string> Between(PersonCredentials before, PersonCredentials after) =>
        CredentialDifference.Between(before, after).Select(change => $"{change.CredentialType} {change.ChangeType}");
}
