package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a release purges when it has been promoted: rollout.purgeTags, as they were then. */
@Wire
public record ReleasePurge(
    @JsonPropertyDescription("Names it in the gateway's invalidation log, where it stands once.")
        @Required
        @Size(min = 1, max = 63)
        String id,
    @JsonPropertyDescription("The release that was promoted.") @Required @Size(min = 1, max = 63)
        String release,
    @JsonPropertyDescription("The tags; with those of a purge before it that was not over.")
        @Required
        List<String> tags,
    @JsonPropertyDescription(
            "Pending, InProgress, Completed or TimedOut. Absent: not every pod serves the release.")
        @Nullable InvalidationPhase phase,
    @JsonPropertyDescription("Its position in the gateway's invalidation log.") @Size(max = 128)
        @Nullable String position,
    @JsonPropertyDescription("When it began (RFC 3339).") @Size(max = 40)
        @Nullable String startedAt,
    @JsonPropertyDescription("When it was finished, whatever the phase (RFC 3339).") @Size(max = 40)
        @Nullable String completedAt) {

  public ReleasePurge {
    tags = Absent.orEmpty(tags);
  }
}
