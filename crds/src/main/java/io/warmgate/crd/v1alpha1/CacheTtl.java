package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long answers are fresh. */
@Wire
public record CacheTtl(
    @JsonPropertyDescription(
            "How long an answer is fresh that does not say so itself (RFC 9111 "
                + "§4.2.1). Absent: it is not stored unless it has a validator.")
        @JsonProperty("default")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration defaultTtl,
    @JsonPropertyDescription(
            "How long answers of a status are fresh that do not say so themselves; goes before"
                + " default and negative.")
        @Size(max = 16)
        @ListMapKey("status")
        List<StatusTtl> byStatus,
    @JsonPropertyDescription(
            "How long a 404, 410 or 451 is fresh that does not say so itself. Absent: those are not"
                + " stored.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration negative,
    @JsonPropertyDescription(
            "The longest that an answer is fresh, whatever it says. Absent: no limit.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration max,
    @JsonPropertyDescription(
            "Lifetimes are shorter by up to so many percent, for one key always by the same: what"
                + " was stored together is not stale together. Absent everywhere: 0.")
        @Min(0)
        @Max(100)
        @Nullable Integer jitter) {

  public CacheTtl {
    byStatus = Absent.orEmpty(byStatus);
  }

  /** Nothing is said. */
  public static final CacheTtl NONE = new CacheTtl(null, List.of(), null, null, null);
}
