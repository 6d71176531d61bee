using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.KafkaBroker;

/// <summary>
/// Begins a consumer group before its members come. The library gives a group its partitions three seconds after the first member
/// came, in case there are more (Apache Kafka's <c>group.initial.rebalance.delay.ms</c>, which it lets nobody set): so somebody
/// joins at once and leaves again, and the time passes while the members still start.
/// </summary>
internal static class ExpectedGroup
{
    private const short JoinGroup = 11;
    private const short LeaveGroup = 13;
    private const string Member = "nobody";
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <returns>Whether it did; otherwise the group begins with its first member.</returns>
    public static async Task<bool> BeginAsync(string address, string group)
    {
        try
        {
            // Two connections: the answer to who joins comes with the partitions, and nothing else is answered before it.
            var endpoint = IPEndPoint.Parse(address);
            using var joining = new TcpClient(AddressFamily.InterNetwork);
            using var leaving = new TcpClient(AddressFamily.InterNetwork);
            await joining.ConnectAsync(endpoint);
            await leaving.ConnectAsync(endpoint);
            await joining.GetStream().WriteAsync(Request(JoinGroup, [.. Text(group), .. Number(1000), .. Text(Member), .. Text("consumer"),
                .. Number(1), .. Text("range"), .. Number(0)]));
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                await leaving.GetStream().WriteAsync(Request(LeaveGroup, [.. Text(group), .. Text(Member)]));
                if (await ErrorAsync(leaving.GetStream()) == 0)
                {
                    return true;
                }

                await Task.Delay(Pause, TimeProvider.System); // it has not been seen to join yet
            }
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            // Told by the answer.
        }

        return false;
    }

    // Version 0 of both. Size, key, version, correlation id, no client id.
    private static byte[] Request(short key, byte[] body) =>
        [.. Number(10 + body.Length), .. Short(key), .. Short(0), .. Number(1), .. Short(-1), .. body];

    // Size, correlation id, error code.
    private static async Task<short> ErrorAsync(NetworkStream stream)
    {
        var answer = new byte[10];
        await stream.ReadExactlyAsync(answer);
        return BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(8));
    }

    private static byte[] Text(string text) => [.. Short((short)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Short(short number)
    {
        var bytes = new byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
