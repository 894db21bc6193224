package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Cross-origin resource sharing (Gateway API's HTTPCORSFilter, GEP-1767; the Fetch standard, "CORS
 * protocol").
 */
@Wire
public record Cors(
    @JsonPropertyDescription(
            "Origins that may read the answers: scheme://host[:port], \"*.\" before "
                + "the host for all below it, or \"*\" for any.")
        @Required
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 253) @Pattern(Syntax.CORS_ORIGIN) String> allowOrigins,
    @JsonPropertyDescription("Methods that may be used besides GET, HEAD and POST; \"*\" for any.")
        @Size(max = 9)
        List<@Pattern("^([A-Z]{1,16}|[*])$") @Size(max = 16) String> allowMethods,
    @JsonPropertyDescription("Headers that a request may carry; \"*\" for any.") @Size(max = 64)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> allowHeaders,
    @JsonPropertyDescription("Whether requests with credentials are allowed.") @Default("false")
        Boolean allowCredentials,
    @JsonPropertyDescription(
            "Headers of the answer that a script may read besides the safelisted "
                + "ones; \"*\" for any.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> exposeHeaders,
    @JsonPropertyDescription("How long, in seconds, a browser may keep the answer to a preflight.")
        @Default("5")
        @Min(1)
        @Max(86400)
        Integer maxAge) {

  public Cors {
    allowOrigins = Absent.orEmpty(allowOrigins);
    allowMethods = Absent.orEmpty(allowMethods);
    allowHeaders = Absent.orEmpty(allowHeaders);
    allowCredentials = Absent.or(allowCredentials, false);
    exposeHeaders = Absent.orEmpty(exposeHeaders);
    maxAge = Absent.or(maxAge, 5);
  }
}
