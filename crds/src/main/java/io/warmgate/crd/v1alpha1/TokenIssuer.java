package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who signs tokens (RFC 7519), and how they are checked. */
@Wire
public record TokenIssuer(
    @JsonPropertyDescription("What rules and consumers call it.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String name,
    @JsonPropertyDescription("A token's iss is exactly this.") @Required @Size(min = 1, max = 512)
        String issuer,
    @JsonPropertyDescription("A token's aud has one of these.") @Required @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 512) String> audiences,
    @JsonPropertyDescription("The signatures that are accepted; no others are, none and HS* never.")
        @Default("[\"RS256\", \"ES256\", \"PS256\", \"EdDSA\"]")
        @Size(min = 1, max = 10)
        List<TokenAlgorithm> algorithms,
    @JsonPropertyDescription("Where its public keys are.") @Required Jwks jwks,
    @JsonPropertyDescription("By how much exp and nbf are stretched. At most 10m.")
        @Default("30s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration clockSkew) {
  private static final List<TokenAlgorithm> DEFAULT =
      List.of(
          TokenAlgorithm.RS256, TokenAlgorithm.ES256, TokenAlgorithm.PS256, TokenAlgorithm.EDDSA);

  public TokenIssuer {
    audiences = Absent.orEmpty(audiences);
    algorithms = Absent.or(algorithms, DEFAULT);
    clockSkew = Absent.or(clockSkew, ApiDuration.of("30s"));
  }
}
