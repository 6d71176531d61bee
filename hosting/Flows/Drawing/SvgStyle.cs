using System.Security.Cryptography;
using System.Text;

namespace Platform.Flows.Drawing;

/// <summary>The style that a diagram carries, so that a saved one looks the same.</summary>
internal static class SvgStyle
{
    public const string Text =
        """
        .flow{--ink:#1d2433;--dim:#5a6478;--line:#c3cad8;--card:#f2f5fa;--call:#2457c5;--bad:#b3261e;--note:#fdecea;--good:#1b7a43;font:13px ui-sans-serif,system-ui,"Segoe UI",sans-serif}
        @media (prefers-color-scheme:dark){.flow{--ink:#e6eaf2;--dim:#9aa6bb;--line:#3b4459;--card:#232a3a;--call:#8ab0ff;--bad:#ff9b94;--note:#3b2023;--good:#7fd6a2}}
        .flow text{fill:var(--ink)}.flow .dim{fill:var(--dim);font-size:11px}.flow .mono{font-family:ui-monospace,"Cascadia Mono",Menlo,monospace;font-size:11.5px}
        .flow .life{stroke:var(--line);stroke-dasharray:2 4}.flow .head{fill:var(--card);stroke:var(--line)}.flow .name{font-weight:600}
        .flow .arrow{stroke:var(--call);stroke-width:1.5;fill:none}.flow .answer{stroke:var(--dim);stroke-dasharray:5 4}
        .flow .bad .arrow{stroke:var(--bad)}.flow .bad text{fill:var(--bad)}.flow .tip{fill:var(--call)}.flow .answer-tip{fill:var(--dim)}.flow .bad .tip{fill:var(--bad)}
        .flow .note{fill:var(--note);stroke:var(--bad)}.flow .bad .note-text,.flow .note-text{fill:var(--ink)}.flow .good{fill:var(--good)}
        .flow a:focus-visible .hit,.flow a:hover .hit{fill:var(--call);opacity:.09}.flow .hit{fill:transparent}
        """;

    /// <summary>What lets this text, and no other, pass a content security policy.</summary>
    public static string Hash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
}
