namespace Platform.Tests.Conformance;

/// <summary>What the scripts are told: where the authorization server is, which clients there are, who signs in.</summary>
public sealed record ConformanceSetup(
    string Issuer, string Callback, ConformancePerson Person, IReadOnlyDictionary<string, ConformanceClient> Clients,
    ConformanceTls Tls, ConformanceWalkthrough Walkthrough);

public sealed record ConformancePerson(string Username, string Password);

/// <summary>One of secret and key; a key is PKCS#8 in PEM, with the algorithm and the id of its registration.</summary>
public sealed record ConformanceClient(string? Secret = null, string? Key = null, string? Alg = null, string? Kid = null);

/// <summary>The page whose blocks are run, and the secret of its clients.</summary>
public sealed record ConformanceWalkthrough(string Page, string Secret);

/// <summary>The client certificate with its key, and who vouches for the server's; all PEM.</summary>
public sealed record ConformanceTls(string Certificate, string Key, string Ca);
