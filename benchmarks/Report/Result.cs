namespace Platform.Benchmarks.Report;

/// <summary>The rounds of one contestant. What is told is the median: a round that was disturbed does not count.</summary>
internal sealed record Result(string Name)
{
    public List<Sample> Samples { get; } = [];

    public double Median(Func<Sample, double> figure) => Median(Samples.Select(figure));

    /// <summary>How this compares with another, round by round, since both met the same machine then.</summary>
    public double RatioTo(Result other, Func<Sample, double> figure) =>
        Median(Samples.Zip(other.Samples, (own, others) => figure(own) / figure(others)));

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
