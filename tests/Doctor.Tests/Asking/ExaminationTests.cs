using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Platform.Doctor.Asking;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Asking;

/// <summary>Services that are not as they should be: each is a finding with a fix, and never an exception.</summary>
public sealed class ExaminationTests
{
    private static readonly Credential Key = new("a-key-of-the-machines-own-with-40-letters", "the test");
    private static readonly Credential Secret = new("a secret of the administrator", "the test");

    [Fact]
    public async Task Services_that_are_away_end_with_2_or_1_and_say_where_they_were_looked_for()
    {
        var report = await ExamineAsync(new("http://127.0.0.1:1"), new("http://127.0.0.1:1"), Key, Secret);

        Assert.Contains("does not answer at http://127.0.0.1:1/auth/diagnostics", What(report, "bff"), StringComparison.Ordinal);
        Assert.Contains("does not answer at http://127.0.0.1:1/token", What(report, "idp"), StringComparison.Ordinal);
        Assert.Contains("The service bff does not answer", What(report, "services"), StringComparison.Ordinal);
        Assert.Equal(Severity.NotChecked, report.Findings.First(finding => finding.Check == "redirect-uris").Severity);
    }

    [Theory]
    [InlineData(404, "The BFF answered 404", "Bff__Diagnostics__Key")]
    [InlineData(400, "The BFF answered 400", "Bff:Origins")]
    [InlineData(500, "The BFF answered 500", "Look there for /auth/diagnostics")]
    [InlineData(302, "The BFF answered 302", "Look there for /auth/diagnostics")]
    public async Task A_BFF_that_refuses(int status, string says, string fix)
    {
        await using var server = await StubbornServer.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return Task.CompletedTask;
        });

        var report = await ExamineAsync(server.Address, null, Key, Secret);

        var finding = report.Findings.Single(finding => finding.Check == "bff");
        Assert.Contains(says, finding.What, StringComparison.Ordinal);
        Assert.Contains(fix, finding.Fix, StringComparison.Ordinal);
        Assert.Contains("Nobody knows which IdP to ask", What(report, "idp"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_answer_of_another_server_or_version(string body)
    {
        await using var server = await StubbornServer.StartAsync(http => http.Response.WriteAsync(body));

        var report = await ExamineAsync(server.Address, server.Address, Key, Secret);

        foreach (var check in (string[])["bff", "bff-keys", "idp"])
        {
            Assert.Contains("answered something else than expected", What(report, check), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_key_and_secret_it_says_where_they_are_looked_for()
    {
        await using var server = await StubbornServer.StartAsync(http => http.Response.WriteAsync("{}"));

        var report = await ExamineAsync(server.Address, server.Address, null, null);

        Assert.Contains("DIAGNOSTICS_KEY", report.Findings.Single(finding => finding.Check == "bff").Fix, StringComparison.Ordinal);
        Assert.Contains("ADMIN_CLIENT_SECRET", report.Findings.Single(finding => finding.Check == "idp").Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "another secret")]
    [InlineData(400, "lacks one of the scopes")]
    [InlineData(503, "keeps them in Redis")]
    public async Task An_IdP_that_gives_no_token(int status, string cause)
    {
        await using var server = await StubbornServer.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/token" ? status : 200;
            return Task.CompletedTask;
        });

        var report = await ExamineAsync(server.Address, server.Address, Key, Secret);

        Assert.Contains(cause, report.Findings.Single(finding => finding.Check == "idp").Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_and_secret_go_to_their_services_alone_and_stand_in_no_report()
    {
        var seen = new ConcurrentBag<(string Path, string Headers)>();
        await using var server = await StubbornServer.StartAsync(http =>
        {
            seen.Add((http.Request.Path, string.Join('\n', http.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))));
            return http.Response.WriteAsync("""{"access_token":"the token of the doctor","jwks_uri":"http://127.0.0.1:1/jwks"}""");
        });

        var report = await ExamineAsync(server.Address, server.Address, Key, Secret);

        Assert.All(seen, request => Assert.Equal(
            request.Path == "/auth/diagnostics", request.Headers.Contains(Key.Value, StringComparison.Ordinal)));
        Assert.All(seen, request => Assert.Equal(
            request.Path is "/token" || request.Path.StartsWith("/admin/", StringComparison.Ordinal),
            request.Headers.Contains("Authorization", StringComparison.Ordinal)));
        var said = JsonReport.Write(report) + TextReport.Write(report, hasColours: false) + MarkdownReport.Write(report);
        Assert.All([Key.Value, Secret.Value, "the token of the doctor"], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_leaves_this_machine_without_https()
    {
        var report = await ExamineAsync(new("http://portal.example"), new("http://idp.example"), Key, Secret);

        Assert.Contains("was not asked at http://portal.example: the address is not https", What(report, "bff"), StringComparison.Ordinal);
        Assert.Contains("was not asked at http://idp.example: the address is not https", What(report, "idp"), StringComparison.Ordinal);
    }

    private static string What(Report report, string check) => report.Findings.First(finding => finding.Check == check).What;

    private static Task<Report> ExamineAsync(Uri portal, Uri? idp, Credential? key, Credential? secret) =>
        PlatformDoctor.ExamineAsync(new(portal, idp, [], key, secret), TimeProvider.System, TestContext.Current.CancellationToken);
}
