using Platform.Bff.AccessTokens.Sources;

namespace Platform.Bff.Tests.AccessTokens;

public sealed class ApiKeysTests
{
    [Theory]
    [InlineData("X-API-Key", "a key", null)]
    [InlineData("Authorization", "ApiKey 4711", null)]
    [InlineData("X-API-Key", "", "Bff:ApiKeys:billing:Value is not set")]
    [InlineData("X-API-Key", " 4711", "Bff:ApiKeys:billing:Value has characters")]
    [InlineData("X-API-Key", "47\r\nHost: evil.example", "Bff:ApiKeys:billing:Value has characters")]
    [InlineData("X-API-Key", "schlüssel", "Bff:ApiKeys:billing:Value has characters")]
    [InlineData("", "4711", "Bff:ApiKeys:billing:Header must be")]
    [InlineData("X API Key", "4711", "Bff:ApiKeys:billing:Header must be")]
    [InlineData("cookie", "4711", "Bff:ApiKeys:billing:Header must be")]
    [InlineData("Content-Language", "4711", "Bff:ApiKeys:billing:Header must be")]
    [InlineData("Host", "4711", "Bff:ApiKeys:billing:Header must be")]
    [InlineData("Transfer-Encoding", "4711", "Bff:ApiKeys:billing:Header must be")]
    public void A_key_needs_a_header_that_can_carry_it(string header, string value, string? fault)
    {
        var keys = new ApiKeys { ["billing"] = new() { Header = header, Value = value } };

        var result = new ApiKeysValidator().Validate(null, keys);

        Assert.Equal(fault is null, result.Succeeded);
        Assert.StartsWith(fault ?? "", result.FailureMessage ?? "");
    }
}
