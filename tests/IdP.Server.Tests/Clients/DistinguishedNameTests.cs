using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Platform.IdP.Clients;

namespace Platform.IdP.Tests.Clients;

public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN=app")]
    [InlineData("cn=App")]
    [InlineData("2.5.4.3=app")]
    [InlineData("CN=app,O=Example,C=GB")]
    [InlineData("CN=app, O=Example, C=GB")]
    [InlineData("UID=7,DC=example,DC=net")]
    [InlineData("CN=James \\\"Jim\\\" Smith\\, III,DC=example")]
    [InlineData("CN=Before\\2cAfter")]
    [InlineData("CN=Lu\\C4\\8Di\\C4\\87")]
    [InlineData("CN=Lučić")]
    [InlineData("CN=a\\=b\\+c\\\\d\\;e\\<f\\>g\\#h")]
    [InlineData("CN=a=b")]
    public void T67_A_name_is_read_as_another_implementation_writes_it(string text)
    {
        Assert.True(DistinguishedName.TryParse(text, out var name));
        var builder = new X500DistinguishedNameBuilder();
        foreach (var part in DistinguishedNameText.Read(text))
        {
            // As the text, the builder begins with what is last in the certificate.
            builder.Add(Assert.Single(part).Type, part[0].Value);
        }

        Assert.Equal(name, DistinguishedName.Read(builder.Build().RawData));
    }

    [Fact]
    public void T67_The_certificate_begins_with_what_is_last_in_the_text()
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            Write(der, UniversalTagNumber.PrintableString, ("2.5.4.6", "GB"));
            Write(der, UniversalTagNumber.UTF8String, ("2.5.4.10", "Example,  Inc."));
            Write(der, UniversalTagNumber.UTF8String, ("2.5.4.3", "Lučić"), ("2.5.4.11", "Sales"));
        }

        Assert.True(DistinguishedName.TryParse("CN=Lu\\C4\\8Di\\C4\\87+OU=sales,O=Example\\, Inc.,C=gb", out var name));

        Assert.Equal(name, DistinguishedName.Read(der.Encode()));
    }

    [Theory]
    [InlineData("CN=app,O=Example", "O=Example,CN=app")]
    [InlineData("CN=app,O=Example", "CN=app")]
    [InlineData("CN=app,O=Example", "CN=app+O=Example")]
    [InlineData("CN=app,O=Example", "CN=app\\,O=Example")]
    [InlineData("CN=app", "O=app")]
    [InlineData("CN=app", "CN=ap p")]
    public void T67_Names_that_differ_are_not_equal(string one, string other)
    {
        Assert.True(DistinguishedName.TryParse(one, out var first));
        Assert.True(DistinguishedName.TryParse(other, out var second));

        Assert.NotEqual(first, second);
    }

    [Fact]
    public void T67_Attributes_side_by_side_have_no_order()
    {
        Assert.True(DistinguishedName.TryParse("CN=app+OU=Sales,O=Example", out var first));
        Assert.True(DistinguishedName.TryParse("OU=sales+CN=app,O=Example", out var second));

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("CN=")]
    [InlineData("CN=app,")]
    [InlineData("CN=app,,O=Example")]
    [InlineData("XYZ=app")]
    [InlineData("CN=\"app\"")]
    [InlineData("CN=app;O=Example")]
    [InlineData("CN=#04024869")]
    [InlineData("CN=app\\")]
    [InlineData("CN=app\\x")]
    [InlineData("CN=\\C4")]
    [InlineData("CN=a\\00b")]
    public void T67_What_is_no_name_is_refused(string text) => Assert.False(DistinguishedName.TryParse(text, out _));

    private static void Write(AsnWriter der, UniversalTagNumber kind, params (string Type, string Value)[] attributes)
    {
        using (der.PushSetOf())
        {
            foreach (var (type, value) in attributes)
            {
                using (der.PushSequence())
                {
                    der.WriteObjectIdentifier(type);
                    der.WriteCharacterString(kind, value);
                }
            }
        }
    }
}
