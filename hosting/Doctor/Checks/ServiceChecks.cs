using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>Whether the services could be asked. Here each silence is told once; the checks that need the answer say "not checked".</summary>
internal static class ServiceChecks
{
    private const string Group = "The services";

    public static readonly Check[] All =
    [
        Asked("bff", "The BFF says what it has", file => file.Bff),
        Asked("bff-keys", "The BFF's key set is served", file => file.BffKeys),
        Asked("idp-metadata", "The IdP's metadata are served", file => file.Metadata),
        Asked("idp-keys", "The IdP's key set is served", file => file.IdpKeys),
        Asked("idp", "The IdP says what it has", file => file.Idp),
        Asked("idp-client", "The IdP says how the client is registered", file => file.Lookup),
    ];

    private static Check Asked<T>(string name, string title, Func<CaseFile, Answer<T>> question) => new(
        name, Group, title, file => question(file) switch
        {
            Answer<T>.Silent silent => [new(Severity.NotChecked, name, silent.What, silent.Cause, silent.Fix)],
            Answer<T>.Unasked unasked => [new(Severity.NotChecked, name, unasked.Why, null, null)],
            _ => [],
        });
}
