package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Whose tokens are accepted, and what the backend is told of them. */
@ValidationRule(
    value =
        "!has(self.claimsToHeaders) || self.claimsToHeaders.all(c, self.claimsToHeaders.exists_one("
            + "o, o.header.lowerAscii() == c.header.lowerAscii()))",
    message = "a header has the value of one claim",
    fieldPath = ".claimsToHeaders")
@Wire
public record JwtAuth(
    @JsonPropertyDescription("Names of issuers in the ApiGateway's spec.auth.issuers.")
        @Required
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 63) @Pattern(Syntax.SECTION_NAME) String> issuers,
    @JsonPropertyDescription(
            "Request headers that the backend gets; what a client sent in them never gets there.")
        @Size(max = 16)
        @ListMapKey("claim")
        List<ClaimHeader> claimsToHeaders) {

  public JwtAuth {
    issuers = Absent.orEmpty(issuers);
    claimsToHeaders = Absent.orEmpty(claimsToHeaders);
  }
}
