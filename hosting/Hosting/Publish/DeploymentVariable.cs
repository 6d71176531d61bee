namespace Aspire.Hosting.Publish;

/// <summary>What the model leaves to the deployment: an address, a password.</summary>
/// <param name="Name">As the deployment's files spell it: upper case, underscores.</param>
/// <param name="IsSecret">Kept where secrets are, and never written with a value.</param>
/// <param name="Default">What is written until somebody changes it; empty when there is nothing sensible.</param>
/// <param name="IsOfStore">It says where Redis or Kafka listens.</param>
/// <param name="Description">What to write there.</param>
internal sealed record DeploymentVariable(
    string Name, bool IsSecret, string Default = "", bool IsOfStore = false, string? Description = null);
