using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Contestants;

/// <summary>A server with the processes that it started to do its work.</summary>
internal static class ProcessTree
{
    /// <summary>User and system time of all of them since their start.</summary>
    public static TimeSpan CpuOf(Process root)
    {
        root.Refresh();
        return ChildrenOf(root.Id).Aggregate(root.TotalProcessorTime, (sum, child) =>
        {
            using (child)
            {
                return sum + child.TotalProcessorTime;
            }
        });
    }

    // proc(5): after the name in brackets come the state and the parent. Elsewhere than on Linux none are found.
    private static IEnumerable<Process> ChildrenOf(int parent) =>
        from folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : []
        let id = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0 && ParentOf(id) == parent
        select Process.GetProcessById(id);

    private static int? ParentOf(int id)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(status[status.LastIndexOf(')')..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}
