using System.Text.Json;
using Platform.Caep.Policy;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Policy;

public sealed class PolicyFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_first_rule_that_holds_counts_and_all_conditions_must()
    {
        var policy = Policy("""
            rules:
              - event: credential-change
                when: { change_type: [update, delete], initiating_entity: admin }
                do: end-all-sessions
              - { event: credential-change, when: { change_type: update }, do: step-up }
              - { event: "urn:example:own", do: end-session }
            """);

        Assert.Equal(EventEffect.EndAllSessions, Effect(policy, """{"change_type":"delete","initiating_entity":"admin"}"""));
        Assert.Equal(EventEffect.StepUp, Effect(policy, """{"change_type":"update","initiating_entity":"user"}"""));
        Assert.Equal(EventEffect.Record, Effect(policy, """{"change_type":"delete"}"""));
        Assert.Equal(EventEffect.EndSession, policy.EffectOf("urn:example:own", JsonElement.Parse("{}")));
    }

    [Theory]
    [InlineData("rules: 7", 1, "expected the list 'rules:' and nothing else at the top.")]
    [InlineData("rules: []\nother: 7", 1, "expected the list 'rules:' and nothing else at the top.")]
    [InlineData("- 7", 1, "expected one document with 'rules:' at its top.")]
    [InlineData("rules:\n  - { event: [ }", 2, "this is not valid YAML")]
    [InlineData("rules:\n  - 7", 2, "expected a rule with 'event' and 'do'.")]
    [InlineData("rules:\n  - event: session-revoked", 2, "'do' is missing in this rule: add it.")]
    [InlineData("rules:\n  - do: record", 2, "'event' is missing in this rule: add it.")]
    [InlineData("rules:\n  - event: session-revoked\n    do: nothing", 3, "'nothing' is nothing that an event can do: use record, end-session")]
    [InlineData("rules:\n  - event: sesion-revoked\n    do: record", 2, "'sesion-revoked' is no event type: use one of session-revoked,")]
    [InlineData("rules:\n  - event: verification\n    do: record", 2, "'verification' is no event type")]
    [InlineData("rules:\n  - event: session-revoked\n    do: record\n    why: x", 4, "'why' is not known here: use event, when and do.")]
    [InlineData("rules:\n  - event: session-revoked\n    when: 7\n    do: record", 3, "'when' must give at least one member its values.")]
    [InlineData("rules:\n  - event: https://x.example/type\n    when: { [a, b]: c }\n    do: record", 3, "'when' must name members of the event.")]
    [InlineData("rules:\n  - event: risk-level-change\n    when: { level: HIGH }\n    do: record", 3, "'level' is no member of risk-level-change")]
    [InlineData("rules:\n  - event: risk-level-change\n    when: { current_level: { a: b } }\n    do: record", 3, "a condition must be a value or a list of values.")]
    public void Refuses_what_it_does_not_understand_with_line_and_fix(string text, int line, string fault)
    {
        var refusal = Assert.Throws<PolicyFileException>(() => Policy(text)).Message;

        Assert.StartsWith($"{_path}, line {line}: {fault}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_names_the_setting() => Assert.Contains(
        "set Policy:File to where it is", Assert.Throws<PolicyFileException>(() => new PolicyFile($"{_path}-not").Read()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_broken_file_leaves_the_policy_of_before_in_force()
    {
        var policy = Policy("rules:\n  - { event: credential-change, do: step-up }");

        File.WriteAllText(_path, "rules: broken");
        Assert.Throws<PolicyFileException>(() => _ = policy.TakeUp());
        Assert.Equal(EventEffect.StepUp, Effect(policy, "{}"));

        File.WriteAllText(_path, "rules:\n  - { event: credential-change, do: end-session }");
        Assert.Equal(1, policy.TakeUp());
        Assert.Equal(EventEffect.EndSession, Effect(policy, "{}"));
    }

    private EventPolicy Policy(string text)
    {
        File.WriteAllText(_path, text);
        return new EventPolicy(new PolicyFile(_path));
    }

    private static EventEffect Effect(EventPolicy policy, string members) =>
        policy.EffectOf(EventTypes.CredentialChange, JsonElement.Parse(members));
}
