using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Flows.Tests;

public sealed partial class RecordingsTests
{
    // Codes, tokens, handles and secrets of ours have 43 characters or more; the ids of traces have 32.
    [Theory]
    [InlineData("sign-in")]
    [InlineData("refusal")]
    [InlineData("revocation")]
    [InlineData("call")]
    [InlineData("files")]
    public void T27_What_a_real_run_put_on_its_spans_has_nothing_as_random_as_a_secret(string name)
    {
        var text = Encoding.UTF8.GetString(Recordings.Bytes(name));

        Assert.Empty(Random().Matches(text).Select(match => match.Value));
        Assert.DoesNotContain("analytical-engine", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{36,}|eyJ[A-Za-z0-9_-]+")]
    private static partial Regex Random();
}
