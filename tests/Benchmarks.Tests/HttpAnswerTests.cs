using System.Text;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Tests;

public sealed class HttpAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("HTTP/1.1 303 See Other\r\nContent-Length: 0\r\n\r\n", 303, "")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 200, "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n", 200, "0\r\n\r\n")]
    public void Is_read_when_all_of_it_is_there_and_not_before(string text, int status, string body)
    {
        for (var length = 0; length < text.Length; length++)
        {
            Assert.False(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text[..length]), out _));
        }

        Assert.True(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out var answer));
        Assert.Equal((status, body), (answer.Status, answer.Text));
    }

    [Fact]
    public void Tells_its_headers_whatever_their_case()
    {
        HttpAnswer.TryRead(Encoding.ASCII.GetBytes(
            "HTTP/1.1 303 See Other\r\nlocation: /login\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n"), out var answer);

        Assert.Equal("/login", answer.Location);
        Assert.Equal(["a=1", "b=2"], answer.Headers("Set-Cookie"));
    }

    [Fact]
    public void Other_protocols_are_refused() =>
        Assert.Throws<InvalidDataException>(() => HttpAnswer.TryRead(Encoding.ASCII.GetBytes("SSH-2.0-server hello\r\n\r\n"), out _));
}
