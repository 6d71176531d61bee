using System.Globalization;
using System.Text;
using System.Xml;
using Platform.Flows.Model;

namespace Platform.Flows.Drawing;

/// <summary>Draws a flow as a sequence diagram in SVG. Its text alternative is the list of steps beside it.</summary>
internal static class SvgDiagram
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, Indent = false };

    /// <param name="isLinked">Whether each arrow leads to its step on the page.</param>
    public static string Draw(Flow flow, bool isLinked)
    {
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, Settings))
        {
            var layout = new Layout(flow);
            svg.WriteStartElement("svg", Namespace);
            Write(svg, ("class", "flow"), ("role", "img"), ("width", layout.Width), ("height", layout.Height),
                ("viewBox", $"0 0 {layout.Width} {layout.Height}"), ("aria-labelledby", "flow-title flow-desc"));
            Text(svg, "title", flow.Title, ("id", "flow-title"));
            Text(svg, "desc", Description(flow), ("id", "flow-desc"));
            Text(svg, "style", SvgStyle.Text);
            foreach (var name in flow.Participants)
            {
                Participant(svg, name, layout);
            }

            foreach (var row in layout.Rows)
            {
                Arrow(svg, row, layout.Width, isLinked);
            }

            svg.WriteEndElement();
        }

        return text.ToString();
    }

    private static string Description(Flow flow) => string.Create(CultureInfo.InvariantCulture,
        $"{flow.Steps.Count} steps between {string.Join(", ", flow.Participants)}; {flow.Outcome.ToString().ToLowerInvariant()} after {Step.Show(flow.Duration)}.");

    private static void Participant(XmlWriter svg, string name, Layout layout)
    {
        var x = layout.X(name);
        Element(svg, "line", ("class", "life"), ("x1", x), ("x2", x), ("y1", Layout.Head), ("y2", layout.Height - 12));
        Element(svg, "rect", ("class", "head"), ("x", x - 72), ("y", 16), ("width", 144), ("height", 34), ("rx", 8));
        Text(svg, "text", Wording.Cut(name, 20), ("class", "name"), ("x", x), ("y", 38), ("text-anchor", "middle"));
    }

    private static void Arrow(XmlWriter svg, PlacedRow placed, int width, bool isLinked)
    {
        var (row, y) = (placed.Row, placed.Y);
        var step = row.Step;
        svg.WriteStartElement(isLinked ? "a" : "g");
        Write(svg, ("class", row.TellsOutcome && step.IsFailure ? "bad" : "ok"));
        if (isLinked)
        {
            Write(svg, ("href", $"#step-{step.Number}"), ("aria-label", $"Step {step.Number}: {row.From} to {row.To}, {Wording.Label(row)}"));
        }

        var (left, right) = (Math.Min(placed.FromX, placed.ToX), Math.Max(placed.FromX, placed.ToX));
        Element(svg, "rect", ("class", "hit"), ("x", 4), ("y", y - 22), ("width", width - 8), ("height", 42));
        if (!row.IsAnswer)
        {
            Text(svg, "text", $"{step.Number}", ("class", "dim"), ("x", 12), ("y", y + 4));
            Text(svg, "text", $"+{Step.Show(step.Begin)}", ("class", "dim"), ("x", Layout.Gutter - 8), ("y", y + 4), ("text-anchor", "end"));
        }

        Line(svg, placed, right == left);
        var middle = right == left ? left + 34 : (left + right) / 2;
        var anchor = right == left ? "start" : "middle";
        Text(svg, "text", Wording.Cut(Wording.Label(row), placed.Characters),
            ("class", row.IsAnswer ? "dim" : "mono"), ("x", middle), ("y", y - 7), ("text-anchor", anchor));
        if (Wording.Brief(row) is { Length: > 0 } brief)
        {
            Text(svg, "text", Wording.Cut(brief, placed.Characters + 4), ("class", "dim"), ("x", middle), ("y", y + 14), ("text-anchor", anchor));
        }

        Note(svg, placed);
        svg.WriteEndElement();
    }

    private static void Line(XmlWriter svg, PlacedRow placed, bool isSelf)
    {
        var (from, to, y) = (placed.FromX, placed.ToX, placed.Y);
        var kind = placed.Row.IsAnswer ? "arrow answer" : "arrow";
        if (isSelf)
        {
            Element(svg, "path", ("class", kind), ("d", $"M{from} {y - 8} h26 v14 h-20"));
        }
        else
        {
            Element(svg, "line", ("class", kind), ("x1", from), ("x2", to), ("y1", y), ("y2", y));
        }

        var (tip, way, at) = isSelf ? (from, 1, y + 6) : (to, from < to ? -1 : 1, y);
        Element(svg, "polygon", ("class", placed.Row.IsAnswer ? "tip answer-tip" : "tip"),
            ("points", $"{tip},{at} {tip + (way * 9)},{at - 4} {tip + (way * 9)},{at + 4}"));
    }

    private static void Note(XmlWriter svg, PlacedRow placed)
    {
        if (placed.Note.Count == 0)
        {
            return;
        }

        var top = placed.Y + 22;
        Element(svg, "rect", ("class", "note"), ("x", Layout.Gutter), ("y", top), ("width", Layout.NoteCharacters * 7),
            ("height", (placed.Note.Count * Layout.NoteLine) + 12), ("rx", 6));
        for (var line = 0; line < placed.Note.Count; line++)
        {
            Text(svg, "text", placed.Note[line], ("class", "note-text"), ("x", Layout.Gutter + 10), ("y", top + 18 + (line * Layout.NoteLine)));
        }
    }

    private static void Element(XmlWriter svg, string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        svg.WriteStartElement(name);
        Write(svg, attributes);
        svg.WriteEndElement();
    }

    private static void Text(XmlWriter svg, string name, string text, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        svg.WriteStartElement(name);
        Write(svg, attributes);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static void Write(XmlWriter svg, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            svg.WriteAttributeString(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
    }
}
