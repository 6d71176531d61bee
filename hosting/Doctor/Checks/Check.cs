using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>One question to the evidence: a pure function of what it needs. What it needs and is not there makes it "not checked".</summary>
/// <param name="Name">As in docs/doctor.md.</param>
/// <param name="Title">What is true when it finds nothing.</param>
internal sealed record Check(string Name, string Group, string Title, Func<CaseFile, IEnumerable<Finding>> Find)
{
    public static Check Of<T>(
        string name, string group, string title, Func<CaseFile, Answer<T>> needed, Func<T, IEnumerable<Finding>> find) =>
        new(name, group, title, file => needed(file) is Answer<T>.Given { Value: var value }
            ? find(value)
            : [NotChecked(name, needed(file).WhyNot!)]);

    public static Check Of<T1, T2>(
        string name, string group, string title, Func<CaseFile, Answer<T1>> first, Func<CaseFile, Answer<T2>> second,
        Func<T1, T2, IEnumerable<Finding>> find) =>
        new(name, group, title, file => (first(file), second(file)) is (Answer<T1>.Given { Value: var one }, Answer<T2>.Given { Value: var two })
            ? find(one, two)
            : [NotChecked(name, first(file).WhyNot ?? second(file).WhyNot!)]);

    public static Check Of<T1, T2, T3>(
        string name, string group, string title, Func<CaseFile, Answer<T1>> first, Func<CaseFile, Answer<T2>> second,
        Func<CaseFile, Answer<T3>> third, Func<T1, T2, T3, IEnumerable<Finding>> find) =>
        new(name, group, title, file =>
            (first(file), second(file), third(file)) is
                (Answer<T1>.Given { Value: var one }, Answer<T2>.Given { Value: var two }, Answer<T3>.Given { Value: var three })
                ? find(one, two, three)
                : [NotChecked(name, first(file).WhyNot ?? second(file).WhyNot ?? third(file).WhyNot!)]);

    public CheckResult Run(CaseFile file) => new(Name, Group, Title, [.. Find(file)]);

    // The checks of the services themselves say what to do.
    private static Finding NotChecked(string name, string why) => new(Severity.NotChecked, name, why, null, null);
}
