package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One backend of a rule: a Service, a URL, or a model. */
@ValidationRule(
    value =
        "self.kind == 'AiModelBackend' || (has(self.url) ? !has(self.name) && !has(self.port)"
            + " : has(self.name) && has(self.port))",
    message = "either name and port of a Service, or url")
@ValidationRule(
    value =
        "self.kind != 'AiModelBackend' || (has(self.name) && !has(self.port) && !has(self.url)"
            + " && !has(self.tls) && !has(self.loadBalancing) && !has(self.ejection)"
            + " && !has(self.limits))",
    message =
        "an AiModelBackend is named, and says itself how it is asked: no port, url, tls,"
            + " loadBalancing, ejection or limits here")
@ValidationRule(
    value = "!has(self.priority) || self.kind == 'AiModelBackend'",
    message = "priority goes with an AiModelBackend",
    fieldPath = ".priority")
@ValidationRule(
    value =
        "self.kind == 'AiModelBackend' || !has(self.name)"
            + " || self.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message = "the name of a Service: lower-case letters, digits and '-', a letter first",
    fieldPath = ".name")
@ValidationRule(
    value = "!has(self.tls) || !has(self.url) || self.url.startsWith('https://')",
    message = "tls needs a url with https://",
    fieldPath = ".tls")
@Wire
public record BackendRef(
    @JsonPropertyDescription(
            "Service (also where it is a url), or AiModelBackend: all backends of a rule, or none.")
        @Default("Service")
        BackendKind kind,
    @JsonPropertyDescription("The name of the Service or model, in the route's namespace.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.OBJECT_NAME)
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
            "Of models with a name in common, those with the lowest priority are asked, by weight;"
                + " the others where these fail, in order. Absent: 0.")
        @Min(0)
        @Max(9)
        @Nullable Integer priority,
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
    @JsonPropertyDescription("How one of the backend's endpoints is chosen. Absent: LeastRequest.")
        @Nullable LoadBalancing loadBalancing,
    @JsonPropertyDescription(
            "When an endpoint that fails gets no more requests, for a while. Absent: after 5"
                + " failures, for 30s.")
        @Nullable Ejection ejection,
    @JsonPropertyDescription("How much a pod asks of the backend at a time. Absent: no limit.")
        @Nullable BackendLimits limits) {

  public BackendRef {
    kind = Absent.or(kind, BackendKind.SERVICE);
    weight = Absent.or(weight, 1);
  }

  /** Whether it is a model. */
  public boolean asksModel() {
    return kind == BackendKind.AI_MODEL_BACKEND;
  }
}
