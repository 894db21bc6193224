package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One port that a gateway listens on. */
@ValidationRule(
    value = "self.protocol == 'HTTPS' ? has(self.tls) : !has(self.tls)",
    message = "tls is required for HTTPS and not allowed for HTTP",
    fieldPath = ".tls")
@ValidationRule(
    value = "self.port != 9443 && self.port != 9444",
    message = "ports 9443 and 9444 are the gateway's own: its admin port, and one between its pods",
    fieldPath = ".port")
@Wire
public record Listener(
    @JsonPropertyDescription(
            "The listener's name, unique in the gateway; an ApiRoute names it as sectionName.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String name,
    @JsonPropertyDescription(
            "The port, of the Service and of the pods. 9443 and 9444 are the gateway's own.")
        @Required
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription("HTTP or HTTPS.") @Required ListenerProtocol protocol,
    @JsonPropertyDescription("The certificate; for HTTPS, and only there.")
        @Nullable ListenerTls tls,
    @JsonPropertyDescription(
            "Takes only requests for this host; \"*.example.com\" is every host below "
                + "example.com. Absent: all hosts.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.HOSTNAME)
        @Nullable String hostname,
    @JsonPropertyDescription(
            "The networks (CIDR) whose Forwarded and X-Forwarded-* headers are "
                + "believed. Empty: nobody's.")
        @Size(max = 64)
        List<@Size(max = 43) @Pattern(Syntax.CIDR) String> trustedProxies) {

  public Listener {
    trustedProxies = Absent.orEmpty(trustedProxies);
  }
}
