using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Checks;

public sealed class RegistrationChecksTests
{
    private static readonly BffView Registering = Good.Bff with
    {
        Registration = new(HasInitialAccessToken: true, "code-flow-pkjwt", ForceReplace: false, "refused", "the provider answered 400 invalid_scope"),
    };

    [Theory]
    [InlineData("refused")]
    [InlineData("unavailable")]
    public void A_registration_that_failed(string state)
    {
        var finding = Assert.Single(RegistrationChecks.Outcome(
            Registering with { Registration = Registering.Registration with { State = state } }));

        Assert.Equal(Severity.Mismatch, finding.Severity);
        Assert.Contains("400 invalid_scope", finding.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registered", true, true)]
    [InlineData("current", true, true)]
    [InlineData("current", false, false)]
    [InlineData("begun", true, false)]
    public void S0_10_A_permission_that_is_spent_should_be_put_away(string state, bool hasToken, bool isNoted)
    {
        var findings = RegistrationChecks.Outcome(Good.Bff with { Registration = new(hasToken, null, false, state, null) });

        Assert.Equal(isNoted, findings.Any(finding => finding.Severity is Severity.Note && finding.Fix!.Contains("DCR_IAT", StringComparison.Ordinal)));
    }

    public static TheoryData<string, string> Policies => new()
    {
        { "scope", "400 invalid_scope" },
        { "scheme", "400 invalid_redirect_uri" },
        { "host", "400 invalid_redirect_uri" },
        { "number", "400 invalid_redirect_uri" },
        { "method", "400 invalid_client_metadata" },
        { "grant", "400 invalid_client_metadata" },
        { "profile", "400 invalid_client_metadata" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void S0_14_S0_15_What_the_policy_does_not_take_is_a_mismatch_for_who_registers_and_else_a_note(string part, string signature)
    {
        var client = Good.Client with { Registration = Without(part) };

        var mismatch = Assert.Single(RegistrationChecks.Policy(Registering, Good.Provider, client));
        var note = Assert.Single(RegistrationChecks.Policy(Good.Bff, Good.Provider, client));

        Assert.Equal(Severity.Mismatch, mismatch.Severity);
        Assert.Equal(Severity.Note, note.Severity);
        Assert.Contains(signature, mismatch.Cause, StringComparison.Ordinal);
        Assert.Contains(signature, note.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_registration_is_off_there_is_no_policy()
    {
        var client = Good.Client with { Registration = null };

        Assert.Empty(RegistrationChecks.Policy(Registering, Good.Provider, client));
        Assert.Empty(RegistrationChecks.Client(client));
    }

    [Fact]
    public void A_client_that_the_policy_would_refuse_works_and_is_noted()
    {
        var refused = Good.Policy with { Refused = new("invalid_scope", "The policy does not have one of these scopes.") };

        var finding = Assert.Single(RegistrationChecks.Client(Good.Client with { Registration = refused }));

        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Contains("invalid_scope", finding.What, StringComparison.Ordinal);
    }

    private static PolicyView Without(string part) => part switch
    {
        "scope" => Good.Policy with { AllowedScopes = ["openid", "offline_access"] },
        "scheme" => Good.Policy with { RedirectUriSchemes = ["com.example.app"] },
        "host" => Good.Policy with { RedirectUriHosts = ["other.example"] },
        "number" => Good.Policy with { MaximumRedirectUris = 0 },
        "method" => Good.Policy with { TokenEndpointAuthMethods = ["client_secret_basic"] },
        "grant" => Good.Policy with { GrantTypes = ["authorization_code"] },
        _ => Good.Policy with { Profile = null },
    };
}
