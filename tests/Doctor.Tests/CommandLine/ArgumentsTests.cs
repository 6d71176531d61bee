using Platform.Doctor.CommandLine;

namespace Platform.Doctor.Tests.CommandLine;

public sealed class ArgumentsTests
{
    [Fact]
    public void Without_arguments_the_portal_of_the_launch_profile_is_examined()
    {
        var wish = Assert.IsType<Arguments.Examine>(Arguments.Read([]));

        Assert.Equal(new Uri("https://localhost:7000"), wish.Portal);
        Assert.Null(wish.Idp);
        Assert.Empty(wish.Services);
        Assert.False(wish.AsJson);
    }

    [Fact]
    public void Everything_can_be_named()
    {
        var wish = Assert.IsType<Arguments.Examine>(Arguments.Read(
        [
            "--json", "--portal", "https://portal.example", "--idp", "https://idp.example", "--service", "caep=http://localhost:5200",
            "--service", "spa=https://spa.example", "--parameters", "/a/file",
        ]));

        Assert.True(wish.AsJson);
        Assert.Equal(new Uri("https://portal.example"), wish.Portal);
        Assert.Equal(new Uri("https://idp.example"), wish.Idp);
        Assert.Equal(["caep", "spa"], wish.Services.Select(service => service.Name));
        Assert.Equal("/a/file", wish.ParametersFile);
    }

    [Theory]
    [InlineData("--secret", "a-secret", "'--secret' is no option.")]
    [InlineData("portal", "", "'portal' is no option.")]
    [InlineData("--json", "--portal", "--portal needs a value.")]
    [InlineData("--portal", "http://portal.example", "--portal is an https address")]
    [InlineData("--idp", "https://user:pass@idp.example", "--idp is an https address")]
    [InlineData("--service", "caep", "--service is NAME=URL")]
    [InlineData("--service", "=http://localhost:5200", "--service is NAME=URL")]
    public void What_cannot_be_understood_is_told(string first, string second, string says) => Assert.Contains(
        says, Assert.IsType<Arguments.Wrong>(Arguments.Read([first, second])).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_there(string argument)
    {
        Assert.IsType<Arguments.Help>(Arguments.Read([argument]));
        foreach (var option in (string[])["--portal", "--idp", "--service", "--parameters", "--json", "NO_COLOR", Credentials.KeyVariable, Credentials.SecretVariable])
        {
            Assert.Contains(option, HelpText.Text, StringComparison.Ordinal);
        }
    }
}
