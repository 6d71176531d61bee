using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JwsVectorTests
{
    private const string Claims =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    [Fact]
    public void Verifies_RS256_of_RFC_7515_A_2() => Verifies(
        JwsAlgorithm.RS256,
        """{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""",
        $"eyJhbGciOiJSUzI1NiJ9.{Claims}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");

    [Fact]
    public void Verifies_ES256_of_RFC_7515_A_3() => Verifies(
        JwsAlgorithm.ES256,
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""",
        $"eyJhbGciOiJFUzI1NiJ9.{Claims}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

    // Made with: openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest
    [Fact]
    public void Verifies_PS256_of_OpenSSL() => Verifies(
        JwsAlgorithm.PS256,
        """{"kty":"RSA","kid":"ps","alg":"PS256","n":"sxn3s7qODexUqv4lb0DbUMWBmVa-u3mHPyTriZe-0kIVE3Ub0IqYeONCA9hCVGP1OLb2Dd5giYmBcQxowsN_gGIxBeuY0pP_bqJAy76s6utcP4v5PFWQcriW99sWsaftWqf0szCqrTfeYT9-ewZGI0UIkfjZpj4vXZ2UY4fjlm47oHfKePEDpOYT4oA6NbvgHndwH2ZY84ThkesktUbVCALgzuFaKTrpV1xC9ziLLY7E2JN5H85g25o1QY5L8gm_olVSdhQMJcm7yeGIunXiOkldqz0nEuCHyabUmr1_3MM1xvpPbpQgxmIoj-tt76f16nRtQUozNhpnshPT8GaLvQ","e":"AQAB"}""",
        "eyJhbGciOiJQUzI1NiIsInR5cCI6ImV4YW1wbGUiLCJraWQiOiJwcyJ9.eyJpc3MiOiJqb2UiLCJleHAiOjEzMDA4MTkzODAsImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.T_VY5SOhaHtGtWuUBIWVuIXTZF2EDiSsGMrwvwzuh1db6uFeb2V2Sherl-gIwPp-jpnz0vqRm9ASurAdbDcGsiE4PXG6Gqb7bDlzrUESUjp-ZS4tCXJlGBjM648HpD-X3Mohq8wzj2Q3LUWoWdwGhkD0hq_M4Y-1QWFlF8X4dl6ukw96NCIKZLbl_O18pVDeG-jiLlgTwVofu0jLw5MFGkyoNR4eeJX8dc5REuO6FoZKYm-EjuE5npA_wjJP7cgT4Yd3FxUK_KYfxfajYHbhRj449X9o5RJlq0XRs7SUOvQE245tJRRaJvy348Q9iVLE-L_eHbcTmBoFzWnBjxrK9g");

    private static void Verifies(JwsAlgorithm algorithm, string jwk, string compact)
    {
        var keys = new JsonWebKeySet([JsonWebKey.Parse(JsonElement.Parse(jwk))]);

        var valid =
            Assert.IsType<JwsCheck.Valid>(Jws.Verify(compact, keys, new JwsRules(["", "example"], [algorithm])));

        Assert.Equal("joe", valid.Payload.GetProperty("iss").GetString());
        Assert.True(valid.Payload.GetProperty("http://example.com/is_root").GetBoolean());
    }
}
