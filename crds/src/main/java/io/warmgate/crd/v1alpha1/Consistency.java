package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is done while a pod can learn of no purge. */
@Wire
public record Consistency(
    @JsonPropertyDescription(
            "How long a pod serves cached answers without any channel that tells it "
                + "of purges. Absent everywhere: 30s.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration maxUnverified,
    @JsonPropertyDescription("What it does after that: Serve or Bypass. Absent everywhere: Serve.")
        @Nullable OnLogLoss onLogLoss) {

  static final Consistency NONE = new Consistency(null, null);

  /** What holds where no policy says {@link #maxUnverified}. */
  public static final ApiDuration DEFAULT_MAX_UNVERIFIED = ApiDuration.of("30s");

  /** What holds where no policy says {@link #onLogLoss}. */
  public static final OnLogLoss DEFAULT_ON_LOG_LOSS = OnLogLoss.SERVE;
}
