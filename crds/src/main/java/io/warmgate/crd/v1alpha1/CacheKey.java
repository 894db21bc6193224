package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a request, besides method, scheme, host and path, is part of the key. */
@ValidationRule(
    value =
        "!has(self.credentialHeaders) || (has(self.partitionBy) && self.partitionBy == "
            + "'Credential')",
    message = "goes with partitionBy: Credential",
    fieldPath = ".credentialHeaders")
@ValidationRule(
    value = "has(self.partitionClaim) == (has(self.partitionBy) && self.partitionBy == 'Claim')",
    message = "goes with partitionBy: Claim, which needs it",
    fieldPath = ".partitionClaim")
@Wire
public record CacheKey(
    @JsonPropertyDescription("Which query parameters. Absent: all of them.")
        @Nullable QueryKey query,
    @JsonPropertyDescription(
            "Request headers whose values are part of the key, in any case; besides "
                + "those that an answer names in Vary.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> headers,
    @JsonPropertyDescription(
            "Cookies whose values are part of the key; a request with no other ones is none for one"
                + " user alone.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> cookies,
    @JsonPropertyDescription(
            "Cookies that tell nobody from others; \"*\" in a name stands for any characters:"
                + " _ga*.")
        @Size(max = 32)
        List<@Size(min = 1, max = 256) String> ignoredCookies,
    @JsonPropertyDescription(
            "None: everybody shares answers. Credential: requests with the same credential do,"
                + " those without one among themselves. Consumer: each verified consumer has"
                + " answers of its own. Claim: each value of a verified token's claim has. Absent"
                + " everywhere: None.")
        @Nullable KeyPartition partitionBy,
    @JsonPropertyDescription("The claim whose values have answers of their own.")
        @Size(min = 1, max = 256)
        @Nullable String partitionClaim,
    @JsonPropertyDescription(
            "The request headers that carry a credential; a digest of their values is in the key. "
                + "Absent: Authorization.")
        @Size(max = 8)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> credentialHeaders) {

  public CacheKey {
    headers = Absent.orEmpty(headers);
    cookies = Absent.orEmpty(cookies);
    ignoredCookies = Absent.orEmpty(ignoredCookies);
    credentialHeaders = Absent.orEmpty(credentialHeaders);
  }

  /** What carries a credential where no policy says. */
  public static final List<String> DEFAULT_CREDENTIAL_HEADERS = List.of("Authorization");

  static final CacheKey NONE =
      new CacheKey(null, List.of(), List.of(), List.of(), null, null, List.of());
}
