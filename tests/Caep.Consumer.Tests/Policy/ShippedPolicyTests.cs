using System.Text.Json;
using Platform.Caep.Policy;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Policy;

/// <summary>The policy as it is shipped.</summary>
public sealed class ShippedPolicyTests
{
    private readonly EventPolicy _policy = new(new PolicyFile(new PolicyOptions().Path));

    [Theory]
    [InlineData("session-revoked", "{}", "end-session")]
    [InlineData("token-claims-change", """{"claims":{}}""", "refresh-claims")]
    [InlineData("credential-change", """{"credential_type":"password","change_type":"revoke"}""", "end-all-sessions")]
    [InlineData("credential-change", """{"credential_type":"password","change_type":"update"}""", "step-up")]
    [InlineData("credential-change", """{"credential_type":"app","change_type":"delete"}""", "step-up")]
    [InlineData("credential-change", """{"credential_type":"app","change_type":"create"}""", "record")]
    [InlineData("assurance-level-change", """{"change_direction":"decrease"}""", "step-up")]
    [InlineData("assurance-level-change", """{"change_direction":"increase"}""", "record")]
    [InlineData("assurance-level-change", "{}", "record")]
    [InlineData("device-compliance-change", """{"current_status":"not-compliant"}""", "end-session")]
    [InlineData("device-compliance-change", """{"current_status":"compliant"}""", "record")]
    [InlineData("risk-level-change", """{"current_level":"HIGH"}""", "end-all-sessions")]
    [InlineData("risk-level-change", """{"current_level":"MEDIUM"}""", "step-up")]
    [InlineData("risk-level-change", """{"current_level":"LOW"}""", "record")]
    [InlineData("session-established", "{}", "record")]
    [InlineData("session-presented", "{}", "record")]
    [InlineData("account-disabled", "{}", "end-all-sessions")]
    [InlineData("account-purged", "{}", "end-all-sessions")]
    [InlineData("account-enabled", "{}", "record")]
    [InlineData("identifier-changed", "{}", "refresh-claims")]
    [InlineData("identifier-recycled", "{}", "end-all-sessions")]
    [InlineData("credential-compromise", """{"credential_type":"password"}""", "end-all-sessions")]
    [InlineData("account-credential-change-required", "{}", "step-up")]
    [InlineData("recovery-activated", "{}", "step-up")]
    [InlineData("sessions-revoked", "{}", "end-all-sessions")]
    [InlineData("opt-out-effective", "{}", "record")]
    public void Does_what_the_field_expects(string type, string members, string effect) =>
        Assert.Equal(effect, _policy.EffectOf(EventTypes.Find(type)!, JsonElement.Parse(members)).Name());

    [Fact]
    public void Records_what_nobody_has_heard_of() =>
        Assert.Equal(EventEffect.Record, _policy.EffectOf("urn:example:mood-change", JsonElement.Parse("{}")));

    [Fact]
    public void Names_every_type_so_that_whoever_reads_it_misses_none()
    {
        var text = File.ReadAllText(new PolicyOptions().Path);

        Assert.All(EventTypes.OfSubjects, type => Assert.Contains($"event: {EventTypes.ShortName(type)},", text, StringComparison.Ordinal));
    }
}
