using Platform.IdP.Authorize;

namespace Platform.IdP.Tests.Authorize;

public sealed class ClaimsRequestTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"userinfo":null,"id_token":null}""")]
    [InlineData("""{"userinfo":{"email":null,"name":{"essential":true}},"id_token":{"auth_time":{"essential":true}}}""")]
    [InlineData("""{"elsewhere":"ignored","id_token":{"name":{"value":"Ada","unknown":1}}}""")]
    [InlineData("""{"id_token":{"sub":null,"acr":null}}""")]
    public void Accepts_what_the_specification_shows(string claims)
    {
        var valid = Assert.IsType<ClaimsCheck.Valid>(ClaimsRequest.Check(claims));

        Assert.Equal(claims, valid.Json);
        Assert.Null(valid.Subject);
        Assert.Empty(valid.EssentialClasses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"id_token":[]}""")]
    [InlineData("""{"userinfo":"all"}""")]
    [InlineData("""{"userinfo":{"email":true}}""")]
    [InlineData("""{"userinfo":{"email":{"essential":"yes"}}}""")]
    [InlineData("""{"userinfo":{"email":{"values":"a@b"}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":1}}}""")]
    [InlineData("""{"id_token":{"sub":{"values":["a","b"]}}}""")]
    [InlineData("""{"id_token":{"acr":{"values":[1]}}}""")]
    [InlineData("""{"id_token":{},"id_token":{}}""")]
    [InlineData("""{"id_token":{"acr":null,"acr":null}}""")]
    [InlineData("""{"id_token":{"\ud800":null}}""")]
    [InlineData("""{"id_token":{"acr":{"value":"\ud800"}}}""")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""")]
    public void Threat29_Refuses_what_is_malformed(string claims) =>
        Assert.IsType<ClaimsCheck.Refused>(ClaimsRequest.Check(claims));

    [Theory]
    [InlineData("""{"id_token":{"acr":{"essential":true,"value":"gold"}}}""", "gold")]
    [InlineData("""{"id_token":{"acr":{"essential":true,"values":["gold","silver"]}}}""", "gold silver")]
    public void T11_Reads_the_classes_that_are_essential(string claims, string classes)
    {
        var valid = Assert.IsType<ClaimsCheck.Valid>(ClaimsRequest.Check(claims));

        Assert.Equal(classes.Split(' '), valid.EssentialClasses);
        Assert.Empty(valid.WantedClasses);
    }

    [Fact]
    public void Reads_the_classes_that_are_only_wanted()
    {
        var valid = Assert.IsType<ClaimsCheck.Valid>(ClaimsRequest.Check("""{"id_token":{"acr":{"values":["gold"]}}}"""));

        Assert.Equal(["gold"], valid.WantedClasses);
        Assert.Empty(valid.EssentialClasses);
    }

    [Theory]
    [InlineData("""{"id_token":{"sub":{"value":"ada"}}}""")]
    [InlineData("""{"id_token":{"sub":{"values":["ada"],"essential":true}}}""")]
    public void T10_Reads_the_person_who_is_asked_for(string claims) =>
        Assert.Equal("ada", Assert.IsType<ClaimsCheck.Valid>(ClaimsRequest.Check(claims)).Subject);
}
