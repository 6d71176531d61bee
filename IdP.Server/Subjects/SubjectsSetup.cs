using Microsoft.Extensions.Options;

namespace Platform.IdP.Subjects;

internal static class SubjectsSetup
{
    public static void AddSubjects(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SubjectOptions>().BindConfiguration(SubjectOptions.Section);
        builder.Services.AddSingleton<SubjectIdentifiers>();
        builder.Services.AddSingleton<KnownPeople>();
        builder.Services.AddSingleton(new StartPrerequisite(Check));

        // OpenID Connect Discovery section 3
        builder.Services.AddSingleton(new MetadataPart((metadata, services) => metadata["subject_types_supported"] =
            MetadataPart.List(services.GetRequiredService<SubjectIdentifiers>().OffersPairwise ? ["public", "pairwise"] : ["public"])));
    }

    private static void Check(IServiceProvider services)
    {
        var salt = services.GetRequiredService<IOptions<SubjectOptions>>().Value.PairwiseSalt;
        if (salt is { Length: > 0 and < SubjectOptions.ShortestSalt })
            throw Fault($"it is shorter than {SubjectOptions.ShortestSalt} characters");
        if (salt is { Length: > 0 })
            return;

        // Without a secret, whoever knows the subjects could compute the identifiers.
        var pairwise = services.GetRequiredService<ClientRegistry>().All.FirstOrDefault(client => client.PairwiseSector is not null);
        if (pairwise is not null)
            throw Fault($"it is not set, but the client '{pairwise.Id}' has subject_type pairwise");
    }

    private static OptionsValidationException Fault(string fault) => new(SubjectOptions.Section, typeof(SubjectOptions),
        [$"Idp:PairwiseSalt: {fault}. Set it to a random text of {SubjectOptions.ShortestSalt} or more characters, and keep it."]);
}
