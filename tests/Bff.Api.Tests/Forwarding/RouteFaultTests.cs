using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding;

/// <summary>A route that contradicts itself stops the start.</summary>
public sealed class RouteFaultTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("Token=refresh", "The route 'wrong' has the Token 'refresh': use one of session, exchange,")]
    [InlineData("Token=session;Access=public", "The route 'wrong' has the Token 'session', which needs a session, and the Access 'public'")]
    [InlineData("Token=headers;Access=public", "The route 'wrong' has the Token 'headers', which needs a session, and the Access 'public'")]
    [InlineData("Access=everyone", "The route 'wrong' has the Access 'everyone': use 'session' or 'public'.")]
    [InlineData("Tokens=none", "The route 'wrong' has the unknown member 'Tokens' in its Metadata: use Token, Audience,")]
    [InlineData("Token=none;Audience=x", "The route 'wrong' has Audience, which means nothing for the Token 'none'")]
    [InlineData("Access=public;Scope=x", "The route 'wrong' has Scope, which means nothing for the Token 'none'")]
    [InlineData("Token=client;ApiKey=x", "The route 'wrong' has ApiKey, which means nothing for the Token 'client'")]
    [InlineData("Token=exchange", "The route 'wrong' exchanges tokens for nothing: add Audience, Resource or Scope")]
    [InlineData("Token=jwt-bearer", "The route 'wrong' has the Token 'jwt-bearer': say in Assertion which one")]
    [InlineData("Token=api-key", "The route 'wrong' has the Token 'api-key': name in ApiKey one of the keys under Bff:ApiKeys.")]
    [InlineData("Token=api-key;ApiKey=unknown", "The route 'wrong' has the Token 'api-key': name in ApiKey one of the keys under Bff:ApiKeys.")]
    [InlineData("Token=headers", "The route 'wrong' has the Token 'headers': if nobody but the BFF can reach the cluster 'contacts-api', add it to Bff:IdentityHeaders:Clusters.")]
    [InlineData("Streams=all", "The route 'wrong' has the Streams 'all': use 'events' or 'websockets'.")]
    [InlineData("Streams=websockets;Access=public", "The route 'wrong' takes WebSockets without a session: remove Access or Streams.")]
    public async Task Stops_the_start_with_a_sentence_that_names_route_and_fix(string metadata, string sentence)
    {
        var settings = portal.Settings();
        SourcesPortal.AddRoute(settings, "wrong", [.. metadata.Split(';').Select(member => (member.Split('=')[0], member.Split('=')[1]))]);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, portal.Clock, portal.Logs));

        Assert.StartsWith(sentence, failure.Message);
    }

    [Fact]
    public async Task Stops_the_start_for_a_timeout_that_would_have_no_effect()
    {
        var settings = portal.Settings();
        SourcesPortal.AddRoute(settings, "wrong");
        settings["ReverseProxy:Routes:wrong:Timeout"] = "00:00:05";

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, portal.Clock, portal.Logs));

        Assert.StartsWith("The route 'wrong' has a Timeout, which this service does not have: set HttpRequest:ActivityTimeout", failure.Message);
    }
}
