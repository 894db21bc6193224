package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that decides on a request, once it is known who calls. */
@ValidationRule(
    value = "!has(self.caRef) || self.url.startsWith('https://')",
    message = "caRef goes with an https url",
    fieldPath = ".caRef")
@Wire
public record ExternalAuth(
    @JsonPropertyDescription(
            "Pods POST there who asks for what, as JSON. 200: the request goes on. 401, 403: it"
                + " does not. Anything else: as onUnavailable says.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Syntax.HTTP_URL)
        String url,
    @JsonPropertyDescription("Request headers that the service is told; no others.") @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> sendHeaders,
    @JsonPropertyDescription("How long a request waits for the answer. 100ms to 10s.")
        @Default("2s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration timeout,
    @JsonPropertyDescription(
            "How long a pod remembers what was said, yes or no, of the same caller and the same"
                + " question. At most 1d; 0s: each request asks.")
        @Default("1m")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration cacheFor,
    @JsonPropertyDescription(
            "Headers of the service's answer that the backend gets; what a client sent in them"
                + " never gets there.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> takeHeaders,
    @JsonPropertyDescription(
            "A Secret in the same namespace whose key ca.crt holds the certificates of the "
                + "authorities to trust; with https. Absent: those of the runtime's image.")
        @Nullable NameRef caRef) {

  public ExternalAuth {
    sendHeaders = Absent.orEmpty(sendHeaders);
    timeout = Absent.or(timeout, ApiDuration.of("2s"));
    cacheFor = Absent.or(cacheFor, ApiDuration.of("1m"));
    takeHeaders = Absent.orEmpty(takeHeaders);
  }
}
