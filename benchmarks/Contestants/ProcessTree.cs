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

    /// <summary>Those that it started, and those that these started.</summary>
    public static IEnumerable<Process> DescendantsOf(int parent) =>
        ChildrenOf(parent).SelectMany(child => DescendantsOf(child.Id).Prepend(child));

    // proc(5): after the name in brackets come the state and the parent. Elsewhere than on Linux none are found.
    /// <summary>Those that it started itself.</summary>
    public static IEnumerable<Process> ChildrenOf(int parent) =>
        from folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : []
        let id = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0 && ParentOf(id) == parent
        let child = Find(id)
        where child is not null
        select child;

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null; // it has ended meanwhile
        }
    }

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
