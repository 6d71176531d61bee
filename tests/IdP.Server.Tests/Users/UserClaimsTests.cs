using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.IdP.Users;

namespace Platform.IdP.Tests.Users;

public sealed class UserClaimsTests
{
    private static readonly User Ada = new("1", "ada", "Ada Lovelace", "ada@example.com", "", false)
    {
        Claims = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<string, JsonElement>
        {
            ["given_name"] = JsonSerializer.SerializeToElement("Ada"),
            ["email_verified"] = JsonSerializer.SerializeToElement(true),
            ["phone_number"] = JsonSerializer.SerializeToElement("+44"),
            ["address"] = JsonSerializer.SerializeToElement(new { country = "UK" }),
        }),
    };

    [Theory]
    [InlineData("openid", "")]
    [InlineData("openid profile", "given_name name preferred_username")]
    [InlineData("email", "email email_verified")]
    [InlineData("phone", "phone_number")]
    [InlineData("address", "address")]
    public void A_scope_stands_for_its_claims(string scopes, string expected) =>
        Assert.Equal(expected, Names(scopes.Split(' '), null, UserClaims.UserInfo));

    [Theory]
    [InlineData("""{"userinfo":{"email":{"essential":true},"birthdate":null}}""", "email")]
    [InlineData("""{"id_token":{"email":null}}""", "")]
    [InlineData("""{"userinfo":{"sub":{"value":"2"},"acr":null,"password_hash":null}}""", "")]
    [InlineData("""{"userinfo":null}""", "")]
    public void A_claim_that_is_named_is_told_where_it_was_asked_for(string request, string expected) =>
        Assert.Equal(expected, Names(["openid"], request, UserClaims.UserInfo));

    [Fact]
    public void Values_keep_their_types()
    {
        var claims = new JsonObject();
        UserClaims.Add(claims, Ada, ["email", "address"]);

        Assert.Equal("""{"email":"ada@example.com","email_verified":true,"address":{"country":"UK"}}""", claims.ToJsonString());
    }

    private static string Names(string[] scopes, string? request, string place)
    {
        var claims = new JsonObject();
        UserClaims.Add(claims, Ada, scopes, request, place);
        return string.Join(' ', claims.Select(claim => claim.Key).Order(StringComparer.Ordinal));
    }
}
