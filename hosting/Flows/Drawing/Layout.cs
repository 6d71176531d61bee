using Platform.Flows.Model;

namespace Platform.Flows.Drawing;

/// <summary>Where everything of a diagram stands, in pixels.</summary>
internal sealed class Layout
{
    public const int Gutter = 96;
    public const int Head = 64;
    public const int NoteCharacters = 84;
    public const int NoteLine = 16;
    private const int Margin = 84;
    private const int WideColumn = 250;
    private const int NarrowColumn = 205;
    private const int MostWide = 4;
    private const int MessageHeight = 48;
    private const int AnswerHeight = 40;

    private readonly Dictionary<string, int> _columns;

    public Layout(Flow flow)
    {
        var column = flow.Participants.Count > MostWide ? NarrowColumn : WideColumn;
        _columns = flow.Participants.Select((name, index) => (name, X: Gutter + Margin + (index * column))).ToDictionary(pair => pair.name, pair => pair.X);
        var y = Head - 12;
        foreach (var row in Row.Of(flow))
        {
            y += row.IsAnswer ? AnswerHeight : MessageHeight;
            var note = row is { TellsOutcome: true, Step.Refusal: { } refusal }
                ? Wording.Note(refusal).SelectMany(line => Wording.Wrap(line, NoteCharacters)).ToList()
                : [];
            Rows.Add(new(row, y, X(row.From), X(row.To), note));
            y += note.Count == 0 ? 0 : (note.Count * NoteLine) + 34;
        }

        Height = y + 40;
        Width = Math.Max(Gutter + (2 * Margin) + ((flow.Participants.Count - 1) * column), Gutter + (NoteCharacters * 7) + 40);
    }

    public List<PlacedRow> Rows { get; } = [];

    public int Width { get; }

    public int Height { get; }

    public int X(string participant) => _columns[participant];
}

/// <param name="Y">Of the arrow.</param>
/// <param name="Note">The lines of a refusal, beneath it.</param>
internal sealed record PlacedRow(Row Row, int Y, int FromX, int ToX, IReadOnlyList<string> Note)
{
    /// <summary>How many characters fit above the arrow.</summary>
    public int Characters => FromX == ToX ? 30 : Math.Abs(ToX - FromX) / 7;
}
