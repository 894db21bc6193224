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
            "What the provider calls it; of several models the first, and how many more there are.")
        @Size(max = 300)
        @Nullable String model,
    @JsonPropertyDescription(
            "What is known of each model of spec.models. Absent where there is one.")
        @Size(max = 64)
        @ListMapKey("name")
        List<ModelEntryStatus> models,
    @JsonPropertyDescription(
            "The tokens that a question and its answer may have together, where the operator's list"
                + " of models knows it. Of several models each has its own, in models.")
        @Nullable Long contextWindow,
    @JsonPropertyDescription(
            "What it took and what the caches saved, added up once a minute; of several models all"
                + " of them together. Metrics of the gateways' pods are exact, and of each.")
        @Nullable ModelUsage usage,
    @JsonPropertyDescription(
            "The version that each gateway's pods found at its server, and that is asked for; or"
                + " that they heard in its answers. Where spec.modelVersion says which: none.")
        @Size(max = 4096)
        @ListMapKey({"gateway", "model"})
        List<FoundVersion> versions,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed and CredentialsValid.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public AiModelBackendStatus {
    versions = Absent.orEmpty(versions);
    models = Absent.orEmpty(models);
    conditions = Absent.orEmpty(conditions);
  }
}
