using Platform.Bff.Provider;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Bff.Forwarding;

/// <summary>The forwarder's connections, with proofs for the calls whose tokens are bound to a key.</summary>
internal sealed class DPoPClients(DPoPProver prover, DPoPNonces nonces) : ForwarderHttpClientFactory
{
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new DPoPHandler(prover, nonces, base.WrapHandler(context, handler));
}
