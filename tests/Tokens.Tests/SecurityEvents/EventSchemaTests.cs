using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tokens.Tests.SecurityEvents;

public class EventSchemaTests
{
    [Theory]
    [InlineData("session-revoked", "{}")]
    [InlineData("session-revoked", """{"event_timestamp":1,"initiating_entity":"policy","reason_admin":{"en":"x"},"reason_user":{"de":"y"}}""")]
    [InlineData("token-claims-change", """{"claims":{"role":"ro-admin"}}""")]
    [InlineData("credential-change", """{"credential_type":"fido2-roaming","change_type":"create","friendly_name":"Key","fido2_aaguid":"a"}""")]
    [InlineData("assurance-level-change", """{"namespace":"NIST-AAL","current_level":"nist-aal2","previous_level":"nist-aal1","change_direction":"increase"}""")]
    [InlineData("device-compliance-change", """{"previous_status":"compliant","current_status":"not-compliant"}""")]
    [InlineData("session-established", """{"fp_ua":"abb","acr":"1","amr":["otp"],"ext_id":"12"}""")]
    [InlineData("session-presented", """{"fp_ua":"abb","ext_id":"12"}""")]
    [InlineData("risk-level-change", """{"principal":"USER","current_level":"HIGH","previous_level":"LOW","risk_reason":"PASSWORD_FOUND_IN_DATA_BREACH"}""")]
    [InlineData("account-disabled", """{"reason":"hijacking"}""")]
    [InlineData("credential-compromise", """{"credential_type":"password","reason_admin":"found in a leak"}""")]
    [InlineData("identifier-changed", """{"new-value":"ada@example.org"}""")]
    [InlineData("verification", """{"state":"x"}""")]
    [InlineData("verification", "{}")]
    [InlineData("stream-updated", """{"status":"paused","reason":"x"}""")]
    public void X6_takes_what_the_specifications_show(string type, string json)
    {
        var schema = EventSchema.Of(EventTypes.Find(type)!);

        Assert.Null(schema.Refusal(JsonElement.Parse(json)));
        Assert.Null(schema.Stranger(JsonElement.Parse(json)));
    }

    [Theory]
    [InlineData("session-revoked", "[]", "The event is not a JSON object.")]
    [InlineData("session-revoked", """{"reason_user":{"en":1}}""", "The reason_user is not an object of texts by language.")]
    [InlineData("token-claims-change", "{}", "The event has no claims.")]
    [InlineData("token-claims-change", """{"claims":"role"}""", "The claims is not a JSON object.")]
    [InlineData("credential-change", """{"change_type":"create"}""", "The event has no credential_type.")]
    [InlineData("credential-change", """{"credential_type":"pin"}""", "The event has no change_type.")]
    [InlineData("credential-change", """{"credential_type":"pin","change_type":"lose"}""", "The change_type is not create, revoke, update or delete.")]
    [InlineData("assurance-level-change", """{"current_level":"x"}""", "The event has no namespace.")]
    [InlineData("assurance-level-change", """{"namespace":"x"}""", "The event has no current_level.")]
    [InlineData("assurance-level-change", """{"namespace":"x","current_level":"y","change_direction":"up"}""", "The change_direction is not increase or decrease.")]
    [InlineData("device-compliance-change", """{"current_status":"compliant"}""", "The event has no previous_status.")]
    [InlineData("device-compliance-change", """{"previous_status":"compliant"}""", "The event has no current_status.")]
    [InlineData("device-compliance-change", """{"previous_status":"compliant","current_status":"lost"}""", "The current_status is not compliant or not-compliant.")]
    [InlineData("session-established", """{"amr":"otp"}""", "The amr is not an array of texts.")]
    [InlineData("session-presented", """{"ext_id":7}""", "The ext_id is not a text that is not empty.")]
    [InlineData("risk-level-change", """{"current_level":"LOW"}""", "The event has no principal.")]
    [InlineData("risk-level-change", """{"principal":"USER"}""", "The event has no current_level.")]
    [InlineData("risk-level-change", """{"principal":"USER","current_level":"high"}""", "The current_level is not LOW, MEDIUM or HIGH.")]
    [InlineData("account-disabled", """{"reason":"boredom"}""", "The reason is not hijacking or bulk-account.")]
    [InlineData("credential-compromise", "{}", "The event has no credential_type.")]
    [InlineData("credential-compromise", """{"credential_type":"pin","reason_user":7}""", "The reason_user is not a text or an object of texts by language.")]
    [InlineData("verification", """{"state":7}""", "The state is not a text that is not empty.")]
    [InlineData("stream-updated", "{}", "The event has no status.")]
    [InlineData("stream-updated", """{"status":"gone"}""", "The status is not enabled, paused or disabled.")]
    public void X6_refuses_what_lacks_or_distorts_a_member(string type, string json, string reason) =>
        Assert.Equal(reason, EventSchema.Of(EventTypes.Find(type)!).Refusal(JsonElement.Parse(json)));

    [Fact]
    public void Names_the_members_that_it_does_not_know_for_who_must_not_send_them() => Assert.Equal(
        "mood", EventSchema.Of(EventTypes.SessionRevoked).Stranger(JsonElement.Parse("""{"event_timestamp":1,"mood":"low"}""")));

    [Fact]
    public void Knows_every_type_once_and_nothing_of_others()
    {
        var types = EventTypes.OfSubjects.Concat(EventTypes.OfStreams).ToList();

        Assert.Equal(24, types.Distinct().Count());
        Assert.All(types, type => Assert.Equal(type, EventTypes.Find(EventTypes.ShortName(type))));
        Assert.All(types, type => Assert.Equal(type, EventTypes.Find(type)));
        Assert.Null(EventTypes.Find("session-lost"));
        Assert.Null(EventSchema.Of("urn:example:other").Refusal(JsonElement.Parse("""{"event_timestamp":"x"}""")));
    }
}
