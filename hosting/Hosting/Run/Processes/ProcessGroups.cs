using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run;

/// <summary>What POSIX knows and .NET does not: sessions, process groups, start times.</summary>
internal static partial class ProcessGroups
{
    public const int Terminate = 15;
    public const int Kill = 9;

    // bash and not sh, which may be dash: that one drops variables whose names have a hyphen, such as services__contacts-api__http__0.
    // -p: no start-up files.
    private const string BashGate = """read -r go && exec "$@" </dev/null""";
    private const string PerlGate = """use POSIX; POSIX::setsid(); <STDIN> or exit 1; open STDIN, "<", "/dev/null"; exec { $ARGV[0] } @ARGV""";

    private static readonly string? Setsid = Executables.Find("setsid", "/");
    private static readonly string? Bash = Executables.Find("bash", "/");

    /// <summary>The command in a session of its own: Ctrl-C in the terminal does not reach it. The process id stays that of the command.</summary>
    public static (string File, IReadOnlyList<string> Arguments) InOwnSession(IReadOnlyList<string> command) => Setsid is not null
        ? (Setsid, command)
        : ("perl", ["-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV", .. command]);

    /// <summary>The same, and nothing of the command runs before a line is written to its standard input.</summary>
    public static (string File, IReadOnlyList<string> Arguments) InOwnSessionWhenTold(IReadOnlyList<string> command) =>
        Setsid is not null && Bash is not null
            ? (Setsid, [Bash, "-p", "-c", BashGate, "bash", .. command])
            : ("perl", ["-e", PerlGate, .. command]);

    public static void Signal(int group, int signal) => _ = KillGroup(-group, signal);

    /// <summary>When the process started, in the kernel's ticks since boot; 0 where the system does not say.</summary>
    public static long StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(words[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillGroup(int processId, int signal);
}
