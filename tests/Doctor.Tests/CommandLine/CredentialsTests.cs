using Platform.Doctor.CommandLine;

namespace Platform.Doctor.Tests.CommandLine;

public sealed class CredentialsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_environment_goes_before_the_file_and_each_is_named()
    {
        File.WriteAllText(_file, """{"diagnostics-key":"a kept key","admin-client-secret":"a kept secret"}""");

        var credentials = new Credentials(name => name == Credentials.KeyVariable ? "a key" : null, _file);

        Assert.Equal("a key", credentials.DiagnosticsKey!.Value);
        Assert.Equal("the variable DIAGNOSTICS_KEY", credentials.DiagnosticsKey.Source);
        Assert.Equal("a kept secret", credentials.AdministratorSecret!.Value);
        Assert.Equal($"admin-client-secret in {_file}", credentials.AdministratorSecret.Source);
        Assert.DoesNotContain("a kept secret", $"{credentials.AdministratorSecret}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    [InlineData("""{"diagnostics-key":1}""")]
    public void A_file_without_them_has_none(string text)
    {
        File.WriteAllText(_file, text);

        Assert.Null(new Credentials(_ => null, _file).DiagnosticsKey);
    }

    [Fact]
    public void A_file_that_is_not_there_has_none() => Assert.Null(new Credentials(_ => "", _file + "-absent").AdministratorSecret);
}
