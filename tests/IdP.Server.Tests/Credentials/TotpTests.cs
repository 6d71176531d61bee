using System.Text;
using Platform.IdP.Credentials;

namespace Platform.IdP.Tests.Credentials;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238 appendix B, the last six of its eight digits
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Computes_the_codes_of_RFC_6238(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(-60, false)]
    [InlineData(60, false)]
    public void Tolerates_one_step_of_drift_and_no_more(int seconds, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var code = Totp.CodeAt(Secret, now.AddSeconds(seconds));

        Assert.Equal(accepted, Totp.FindStep(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("２８７０８２")]
    public void Refuses_what_is_no_code(string code) =>
        Assert.Null(Totp.FindStep(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void Tells_the_app_all_that_it_needs() => Assert.Equal(
        "otpauth://totp/idp.test:ada%40home?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=idp.test&algorithm=SHA1&digits=6&period=30",
        Totp.Address(Secret, "idp.test", "ada@home"));

    // RFC 4648 section 10
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Writes_base32_as_RFC_4648_does(string text, string encoded) =>
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));
}
