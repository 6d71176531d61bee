using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>A key as its file has it. A file is made once and never changed, so this holds as long as it exists.</summary>
internal sealed record StoredKey(KeyName Name, SigningKey Key, DateTimeOffset ActiveFrom);
