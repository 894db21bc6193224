package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Which tokens of an issuer are a consumer's. */
@Wire
public record ConsumerToken(
    @JsonPropertyDescription("The name of an issuer in the ApiGateway's spec.auth.issuers.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String issuer,
    @JsonPropertyDescription(
            "Claims that a token has, all of them, with exactly these values: {azp: partner-app}.")
        @Required
        @Size(min = 1, max = 8)
        Map<String, String> claims) {

  public ConsumerToken {
    claims = Absent.orEmpty(claims);
  }
}
