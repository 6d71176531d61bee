using System.Diagnostics;

namespace Aspire.Hosting.Run;

/// <summary>
/// A shell that outlives this process, whatever ends it: when the pipe between them closes, it ends every process group that is
/// still registered, and removes the folders of the run. A group counts only if its leader's start time is the registered one,
/// because process ids are used again.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    // Words of a line: + PID START, - PID START, d FOLDER. The twentieth word after the name in /proc/PID/stat is the start time.
    private const string Script = """
        trap '' HUP INT TERM
        groups=' '; folders=''
        while read -r what rest; do
          case $what in
            +) groups="$groups${rest% *}:${rest#* } " ;;
            -) entry="${rest% *}:${rest#* }"
               case $groups in *" $entry "*) groups="${groups%% $entry *} ${groups#* $entry }" ;; esac ;;
            d) folders="$folders$rest
        " ;;
          esac
        done
        ours() {
          [ -r "/proc/$1/stat" ] || return 0
          read -r stat < "/proc/$1/stat" || return 0
          wanted=$2
          set -- ${stat##*) }
          [ "${20}" = "$wanted" ]
        }
        signal() {
          for entry in $groups; do
            if ours "${entry%:*}" "${entry#*:}"; then kill -s "$1" -- "-${entry%:*}" 2>/dev/null && found=yes; fi
          done
        }
        found=no
        signal TERM
        if [ $found = yes ]; then sleep 1; signal KILL; sleep 0.1; fi
        printf '%s' "$folders" | while read -r folder; do rm -rf -- "$folder"; done
        """;

    private readonly Process _process;
    private readonly Lock _lock = new();

    public Watchdog()
    {
        var (file, arguments) = ProcessGroups.InOwnSession(["/bin/sh", "-c", Script]);
        _process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/"
        })!;
        _process.StandardInput.AutoFlush = true;
    }

    public int Id => _process.Id;

    public void Add(int group, long startTime) => Tell($"+ {group} {startTime}");

    public void Remove(int group, long startTime) => Tell($"- {group} {startTime}");

    public void AddFolder(string path) => Tell($"d {path}");

    /// <summary>Lets it end what is left, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            _process.StandardInput.Write(line + "\n");
        }
    }
}
