using Platform.Doctor;
using Platform.Doctor.Asking;
using Platform.Doctor.CommandLine;
using Platform.Doctor.Reports;

switch (Arguments.Read(args))
{
    case Arguments.Wrong wrong:
        await Console.Error.WriteLineAsync($"doctor: {wrong.Reason} `--help` lists the options.");
        return 2;

    case Arguments.Examine wish:
        var credentials = new Credentials(Environment.GetEnvironmentVariable, wish.ParametersFile);
        var report = await PlatformDoctor.ExamineAsync(
            new Target(wish.Portal, wish.Idp, wish.Services, credentials.DiagnosticsKey, credentials.AdministratorSecret),
            TimeProvider.System, CancellationToken.None);

        // https://no-color.org
        var hasColours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Console.Write(wish.AsJson ? JsonReport.Write(report) + "\n" : TextReport.Write(report, hasColours));
        return report.ExitCode;

    default:
        Console.WriteLine(HelpText.Text);
        return 0;
}
