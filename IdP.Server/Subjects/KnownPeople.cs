namespace Platform.IdP.Subjects;

/// <summary>Finds a person by the <c>sub</c> by which a client knows her.</summary>
internal sealed class KnownPeople(UserDirectory users, SubjectIdentifiers subjects)
{
    // A pairwise sub is a keyed hash. The directory is in memory, so that it is made again for everybody: nothing is kept
    // that could get lost or name the wrong person, and a hash takes about a microsecond.
    public User? Find(Client client, string presented) => client.PairwiseSector is null
        ? users.FindBySubject(presented)
        : users.All.FirstOrDefault(user => subjects.Matches(client, user.Subject, presented));
}
