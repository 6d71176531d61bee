namespace Platform.Doctor.CommandLine;

/// <summary>What <c>--help</c> answers.</summary>
internal static class HelpText
{
    public const string Text = """
        usage: doctor [OPTIONS]

        Asks the BFF and the IdP what each has, compares both with each other and with
        what is really served, and says of each mismatch its cause and its fix.

          --portal URL          the BFF (default: https://localhost:7000)
          --idp URL             the issuer (default: as the BFF says)
          --service NAME=URL    another service whose /health is asked; may be repeated
          --parameters FILE     where the AppHost keeps key and secret
                                (default: AppHost/.platform/parameters.json)
          --json                the report as JSON (docs/doctor.md says how to read it)
          --help                this text

        Environment (each goes before the file; neither may stand on the command line):
          DIAGNOSTICS_KEY       the BFF's Bff:Diagnostics:Key
          ADMIN_CLIENT_SECRET   the secret of the client admin-cli at the IdP
          NO_COLOR              no colours

        Exit code: 0 all is well, 1 something does not match, 2 something could not be asked.
        """;
}
