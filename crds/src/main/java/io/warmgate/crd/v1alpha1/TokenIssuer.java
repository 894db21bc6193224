package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose tokens are taken, and how they are checked: by its keys (RFC 7519), or by asking it. */
@ValidationRule(
    value = "has(self.jwks) != has(self.introspection)",
    message = "exactly one of jwks and introspection")
@ValidationRule(
    value = "!has(self.jwks) || (has(self.issuer) && has(self.audiences))",
    message = "with jwks, issuer and audiences too")
@ValidationRule(
    value = "!has(self.introspection) || !has(self.algorithms)",
    message = "algorithms go with jwks",
    fieldPath = ".algorithms")
@Wire
public record TokenIssuer(
    @JsonPropertyDescription("What rules and consumers call it.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String name,
    @JsonPropertyDescription(
            "A token's iss is exactly this. With introspection it may be left out; written, it"
                + " holds for answers that have iss.")
        @Size(min = 1, max = 512)
        @Nullable String issuer,
    @JsonPropertyDescription(
            "A token's aud has one of these. With introspection they may be left out.")
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 512) String> audiences,
    @JsonPropertyDescription(
            "The signatures that are accepted; no others are, none and HS* never. RS256, ES256,"
                + " PS256 and EdDSA where it is left out.")
        @Size(min = 1, max = 10)
        List<TokenAlgorithm> algorithms,
    @JsonPropertyDescription("Where its public keys are.") @Nullable Jwks jwks,
    @JsonPropertyDescription("Where it is asked what a token is (RFC 7662).")
        @Nullable TokenIntrospection introspection,
    @JsonPropertyDescription("By how much exp and nbf are stretched. At most 10m.")
        @Default("30s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration clockSkew) {
  /** What signatures are accepted where nothing is said. */
  public static final List<TokenAlgorithm> ALGORITHMS =
      List.of(
          TokenAlgorithm.RS256, TokenAlgorithm.ES256, TokenAlgorithm.PS256, TokenAlgorithm.EDDSA);

  public TokenIssuer {
    audiences = Absent.orEmpty(audiences);
    algorithms = Absent.orEmpty(algorithms);
    clockSkew = Absent.or(clockSkew, ApiDuration.of("30s"));
  }

  /** Names of the Secrets that it names. */
  public List<String> secrets() {
    SecretKeyRef secret =
        introspection != null
            ? introspection.clientSecretRef()
            : jwks == null ? null : jwks.secretRef();
    NameRef authorities =
        introspection != null ? introspection.caRef() : jwks == null ? null : jwks.caRef();
    return Stream.of(
            Optional.ofNullable(secret).map(SecretKeyRef::name),
            Optional.ofNullable(authorities).map(NameRef::name))
        .flatMap(Optional::stream)
        .toList();
  }
}
