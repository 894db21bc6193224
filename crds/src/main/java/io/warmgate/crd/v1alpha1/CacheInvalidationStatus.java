package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a purge. */
@Wire
public record CacheInvalidationStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Pending, InProgress, Completed, TimedOut or Failed.")
        @Nullable InvalidationPhase phase,
    @JsonPropertyDescription("Its position in the gateway's invalidation log.") @Size(max = 128)
        @Nullable String position,
    @JsonPropertyDescription("The pods that have to apply it, and those that have.")
        @Nullable InvalidationPods pods,
    @JsonPropertyDescription(
            "Of a dry run: how many entries in the pods' memory the selection names, one that "
                + "several pods hold counted once. Above 4096 it is an estimate, mostly within 3 "
                + "percent.")
        @Nullable Long matched,
    @JsonPropertyDescription("When it was first sent (RFC 3339).") @Size(max = 40)
        @Nullable String startedAt,
    @JsonPropertyDescription("When it was finished, whatever the phase (RFC 3339).") @Size(max = 40)
        @Nullable String completedAt,
    @JsonPropertyDescription("Accepted and Completed.") @Size(max = 16) @ListMapKey("type")
        List<Condition> conditions) {

  public CacheInvalidationStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
