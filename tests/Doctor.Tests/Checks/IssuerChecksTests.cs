using Platform.Doctor.Checks;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Checks;

public sealed class IssuerChecksTests
{
    [Theory]
    [InlineData("\"https://idp.example/\"", "differs by the slash at its end")]
    [InlineData("\"http://idp.example\"", "differs by http and https")]
    [InlineData("\"https://IDP.example\"", "differs by upper and lower case")]
    [InlineData("\"https://idp.example:7100\"", "differs by the port")]
    [InlineData("null", "name ''")]
    public void An_issuer_that_is_spelt_otherwise(string issuer, string says) => Assert.Contains(
        says, Assert.Single(IssuerChecks.Issuer(Good.Provider, Good.With("issuer", issuer))).What, StringComparison.Ordinal);

    [Fact]
    public void Metadata_that_the_BFF_cannot_have() => Assert.Contains(
        "Connection refused",
        Assert.Single(IssuerChecks.Seen(Good.Provider with { MetadataFault = "Connection refused", Endpoints = null }, Good.Metadata)).What,
        StringComparison.Ordinal);

    [Fact]
    public void Metadata_that_the_BFF_sees_otherwise_than_they_are_served() => Assert.Contains(
        "'https://idp.example/keys' is served",
        Assert.Single(IssuerChecks.Seen(Good.Provider, Good.With("jwks_uri", "\"https://idp.example/keys\""))).What, StringComparison.Ordinal);

    [Fact]
    public void S0_17_Browsers_are_sent_to_https_only_and_a_token_endpoint_inside_a_cluster_is_nobodys_concern()
    {
        var plain = Good.Provider with { Endpoints = Good.Provider.Endpoints! with { Authorization = new("http://idp.internal/authorize") } };
        var inside = Good.Provider with { Endpoints = Good.Provider.Endpoints! with { Token = new("http://idp.internal/token") } };

        Assert.Equal(Severity.Mismatch, Assert.Single(IssuerChecks.Endpoints(plain, Good.Metadata)).Severity);
        Assert.Empty(IssuerChecks.Endpoints(inside, Good.Metadata));
    }

    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("pushed_authorization_request_endpoint")]
    public void An_endpoint_of_another_origin_is_worth_a_note(string name)
    {
        var finding = Assert.Single(IssuerChecks.Endpoints(Good.Provider, Good.With(name, "\"https://elsewhere.example/x\"")));

        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Contains(name, finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_must_name_its_issuer_or_be_signed()
    {
        var silent = Good.With("authorization_response_iss_parameter_supported", "false");

        Assert.Single(IssuerChecks.ResponseIssuer(Good.Provider with { SignedResponse = false }, silent));
        Assert.Empty(IssuerChecks.ResponseIssuer(Good.Provider with { SignedResponse = false }, Good.Metadata));
        Assert.Empty(IssuerChecks.ResponseIssuer(Good.Provider, silent));
        Assert.Empty(IssuerChecks.ResponseIssuer(Good.Provider with { SignedResponse = false, ResponseIssuer = false }, silent));
    }

    [Theory]
    [InlineData("Connection refused", null)]
    [InlineData(null, "the provider's metadata has no pushed_authorization_request_endpoint")]
    public void Another_provider_that_cannot_be_used(string? fault, string? lacks)
    {
        var other = Good.Provider with { Name = "acme", Issuer = "https://acme.example", MetadataFault = fault, Lacks = lacks };

        var finding = Assert.Single(IssuerChecks.Others(Good.Bff with { Providers = [Good.Provider, other] }, Good.Provider));

        Assert.Contains("Providers:acme", finding.What, StringComparison.Ordinal);
        Assert.Empty(IssuerChecks.Others(Good.Bff with { Providers = [Good.Provider, other with { MetadataFault = null, Lacks = null }] }, Good.Provider));
    }
}
