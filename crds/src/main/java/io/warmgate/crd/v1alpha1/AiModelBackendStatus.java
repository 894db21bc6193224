package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a model. */
@Wire
public record AiModelBackendStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "The tokens that a question and its answer may have together, where the operator's list"
                + " of models knows it.")
        @Nullable Long contextWindow,
    @JsonPropertyDescription(
            "What it took and what the caches saved, added up once a minute. Metrics of the"
                + " gateways' pods are exact.")
        @Nullable ModelUsage usage,
    @JsonPropertyDescription(
            "The version that each gateway's pods found at its server, and that is asked for."
                + " Where spec.modelVersion says which: none.")
        @Size(max = 64)
        @ListMapKey("gateway")
        List<FoundVersion> versions,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed and CredentialsValid.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public AiModelBackendStatus {
    versions = Absent.orEmpty(versions);
    conditions = Absent.orEmpty(conditions);
  }
}
