#if !ASPIRE
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Platform.ServiceDefaults.Kafka;

/// <summary>
/// Binds Confluent.Kafka 1.9 to the librdkafka of the system (Debian: <c>librdkafka1</c>), since the package that
/// bundles it is left out.
/// </summary>
internal static class NativeLibrdkafka
{
    private static readonly string[] Names = ["librdkafka.so.1", "librdkafka.1.dylib", "librdkafka"];

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be in place before any Kafka type is touched.")]
    internal static void Bind() =>
        NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, (name, _, _) =>
            name == "librdkafka" ? Load() : nint.Zero);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return library;
            }
        }

        throw new DllNotFoundException(
            "librdkafka is not installed. Debian, Ubuntu: apt-get install librdkafka1; macOS: brew install librdkafka.");
    }
}
#endif
