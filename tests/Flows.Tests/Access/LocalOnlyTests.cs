using System.Net;

namespace Platform.Flows.Tests.Access;

public sealed class LocalOnlyTests
{
    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil-localhost", HttpStatusCode.Forbidden)]
    [InlineData("192.0.2.1", HttpStatusCode.Forbidden)]
    [InlineData("0.0.0.0", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:17010", HttpStatusCode.OK)]
    [InlineData("flows.dev.localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:17010", HttpStatusCode.OK)]
    [InlineData("[::1]:17010", HttpStatusCode.OK)]
    public async Task Only_names_that_lead_to_this_machine_are_served(string host, HttpStatusCode status)
    {
        await using var flows = await FlowsServer.StartAsync();
        foreach (var path in (string[])["/", "/flows.json", "/changes", "/flows.js", "/health"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await flows.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

            Assert.Equal(status, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task The_address_stands_in_a_file_of_its_owner_as_long_as_the_service_runs()
    {
        var folder = Directory.CreateTempSubdirectory("flows-");
        var path = Path.Combine(folder.FullName, "new", "flows.address");
        await using (var flows = await FlowsServer.StartAsync(("Flows:AddressFile", path), ("Flows:PublicUrl", "http://localhost:17010")))
        {
            Assert.Equal("http://localhost:17010", (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Trim());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            await flows.StopAsync();
        }

        Assert.False(File.Exists(path));
        folder.Delete(recursive: true);
    }
}
