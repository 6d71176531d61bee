using Platform.IdP.AuthorizationDetails;
using Platform.IdP.Clients;

namespace Platform.IdP.Tests.AuthorizationDetails;

public sealed class AuthorizationDetailsPolicyTests
{
    private static readonly AuthorizationDetailsTypes Types = new(
    [
        new AuthorizationDetailsType
        {
            Name = "payment",
            Title = "Pay a bill",
            Description = "Money leaves your account.",
            Locations = ["https://bank.test/payments"],
            Fields =
            [
                new AuthorizationDetailsField("instructedAmount", "Amount", IsRequired: true, []),
                new AuthorizationDetailsField("actions", "Actions", IsRequired: false, ["initiate", "cancel"]),
            ],
        },
        new AuthorizationDetailsType { Name = "anything", Title = "Anything", TakesAnyField = true },
        new AuthorizationDetailsType { Name = "foreign", Title = "Of other clients" },
    ]);

    private static readonly AuthorizationDetailsPolicy Policy = new(Types);

    [Theory]
    [InlineData("""[{"type":"payment","instructedAmount":{"currency":"EUR","amount":"12.50"}}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"actions":["initiate"],"locations":["https://bank.test/payments"]}]""")]
    [InlineData("""[{"type":"anything"},{"type":"anything","deep":{"er":[1,2]},"locations":["urn:elsewhere"]}]""")]
    public void Accepts_what_its_type_allows(string details) =>
        Assert.Equal(details, Assert.IsType<AuthorizationDetailsCheck.Valid>(Policy.Check(details, Client)).Json);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""[{"instructedAmount":1}]""")]
    [InlineData("""[{"type":1}]""")]
    [InlineData("""[{"type":"unknown"}]""")]
    [InlineData("""[{"type":"foreign"}]""")]
    [InlineData("""[{"type":"payment"}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"more":1}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"actions":["destroy"]}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"actions":"destroy"}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"actions":[]}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"actions":1}]""")]
    [InlineData("""[{"type":"payment","instructedAmount":1,"locations":["https://evil.test/"]}]""")]
    [InlineData("""[{"type":"anything","locations":["relative"]}]""")]
    [InlineData("""[{"type":"anything","locations":"https://bank.test/"}]""")]
    [InlineData("""[{"type":"anything"},{"type":"unknown"}]""")]
    [InlineData("""[{"type":"anything","type":"payment"}]""")]
    public void Refuses_what_it_does_not(string details) =>
        Assert.IsType<AuthorizationDetailsCheck.Refused>(Policy.Check(details, Client));

    [Fact]
    public void Threat29_Refuses_too_many_objects() => Assert.IsType<AuthorizationDetailsCheck.Refused>(
        Policy.Check($"[{string.Join(',', Enumerable.Repeat("""{"type":"anything"}""", 33))}]", Client));

    [Theory]
    [InlineData("""[{"type":"a","x":1,"actions":["r","w"]}]""", """[{"type":"a","actions":["w","r"],"x":1}]""")]
    [InlineData("""[{"type":"a","x":1,"actions":["r"]}]""", """[{"type":"a","x":1,"actions":["r","w"]}]""")]
    [InlineData("""[{"type":"b"}]""", """[{"type":"a"},{"type":"b"}]""")]
    public void The_same_or_a_part_narrows(string requested, string granted) =>
        Assert.True(AuthorizationDetailsPolicy.Narrows(requested, granted));

    [Theory]
    [InlineData("""[{"type":"a"}]""", null)]
    [InlineData("""[{"type":"a"}]""", """[{"type":"b"}]""")]
    [InlineData("""[{"type":"a","x":2}]""", """[{"type":"a","x":1}]""")]
    [InlineData("""[{"type":"a"}]""", """[{"type":"a","x":1}]""")]
    [InlineData("""[{"type":"a","y":1}]""", """[{"type":"a"}]""")]
    [InlineData("""[{"type":"a","actions":["r","w"]}]""", """[{"type":"a","actions":["r"]}]""")]
    [InlineData("""[{"type":"a","actions":[]}]""", """[{"type":"a","actions":["r"]}]""")]
    [InlineData("""[{"type":"a"},{"type":"b"}]""", """[{"type":"a"}]""")]
    public void Whatever_else_does_not_narrow(string requested, string? granted) =>
        Assert.False(AuthorizationDetailsPolicy.Narrows(requested, granted));

    [Theory]
    [InlineData("""[{"type":"payment","instructedAmount":1}]""", "https://bank.test/payments")]
    [InlineData("""[{"type":"anything","locations":["urn:x"]},{"type":"anything","locations":["urn:x","urn:y"]}]""", "urn:x urn:y")]
    [InlineData("""[{"type":"anything"}]""", "")]
    public void Tells_who_may_accept_a_token(string details, string audiences) =>
        Assert.Equal(audiences.Split(' ', StringSplitOptions.RemoveEmptyEntries), Policy.AudiencesOf(details));

    [Fact]
    public void Describes_every_field_in_words()
    {
        var text = new AuthorizationDetailsText(Types).Describe(
            """[{"type":"payment","instructedAmount":{"currency":"EUR","amount":"12.50"},"actions":["initiate","cancel"]}]""");

        var detail = Assert.Single(text);
        Assert.Equal(("Pay a bill", "Money leaves your account."), (detail.Title, detail.Description));
        Assert.Equal(
            [new DetailLine("Amount", "Currency: EUR, Amount: 12.50"), new DetailLine("Actions", "initiate, cancel")],
            detail.Lines);
    }

    [Fact]
    public void Describes_a_type_that_is_gone_by_its_name()
    {
        var detail = Assert.Single(new AuthorizationDetailsText(Types).Describe("""[{"type":"account_information","dueDate":null}]"""));

        Assert.Equal("Account information", detail.Title);
        Assert.Equal(new DetailLine("Due date", ""), Assert.Single(detail.Lines));
    }

    [Fact]
    public void Describes_nothing_where_there_is_nothing() => Assert.Empty(new AuthorizationDetailsText(Types).Describe(null));

    private static Client Client => new()
    {
        Id = "shop",
        Name = "Shop",
        Profile = ClientProfile.Baseline,
        AuthenticationMethod = ClientAuthenticationMethods.Post,
        Grants = [GrantTypes.AuthorizationCode],
        Scopes = ["openid"],
        RedirectUris = [],
        PostLogoutRedirectUris = [],
        RequiresPushedRequests = false,
        RequiresPkce = true,
        AuthorizationDetailsTypes = ["payment", "anything"],
    };
}
