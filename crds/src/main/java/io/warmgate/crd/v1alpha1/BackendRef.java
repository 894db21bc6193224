package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One backend of a rule: a Service, or a URL. */
@ValidationRule(
    value =
        "has(self.url) ? !has(self.name) && !has(self.port) : has(self.name) && "
            + "has(self.port)",
    message = "either name and port of a Service, or url")
@ValidationRule(
    value = "!has(self.tls) || !has(self.url) || self.url.startsWith('https://')",
    message = "tls needs a url with https://",
    fieldPath = ".tls")
@Wire
public record BackendRef(
    @JsonPropertyDescription("The name of a Service in the route's namespace.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SERVICE_NAME)
        @Nullable String name,
    @JsonPropertyDescription("The port of the Service.") @Min(1) @Max(65535) @Nullable Integer port,
    @JsonPropertyDescription(
            "A backend outside the cluster, scheme://host[:port]; instead of name and port.")
        @Size(min = 8, max = 512)
        @Pattern(Syntax.BACKEND_URL)
        @Nullable String url,
    @JsonPropertyDescription(
            "The share of the requests, in proportion to the sum of the weights; 0 is none.")
        @Default("1")
        @Min(0)
        @Max(1000000)
        Integer weight,
    @JsonPropertyDescription(
            "The version of what this backend serves. Changing it is a release. "
                + "Backends of one rule with the same version share cached answers, those "
                + "with different versions never do.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.VERSION)
        @Nullable String version,
    @JsonPropertyDescription(
            "Speaks TLS to the backend. Absent: as the URL says, clear text to a Service.")
        @Nullable BackendTls tls,
    @JsonPropertyDescription("How one of the backend's endpoints is chosen.") @Default("{}")
        LoadBalancing loadBalancing,
    @JsonPropertyDescription("When an endpoint that fails gets no more requests, for a while.")
        @Default("{}")
        Ejection ejection,
    @JsonPropertyDescription("How much a pod asks of the backend at a time. Absent: no limit.")
        @Nullable BackendLimits limits) {

  public BackendRef {
    weight = Absent.or(weight, 1);
    loadBalancing = Absent.or(loadBalancing, LoadBalancing.DEFAULT);
    ejection = Absent.or(ejection, Ejection.DEFAULT);
  }
}
