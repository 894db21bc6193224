package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be warm beside what clients ask most for. */
@ValidationRule(
    value = "!has(self.timeZone) || has(self.schedule)",
    message = "timeZone goes with schedule",
    fieldPath = ".timeZone")
@Wire
public record PolicyWarmup(
    @JsonPropertyDescription(
            "Requests that are asked for whenever the policy's routes are warmed, before a release"
                + " has traffic for example. All of them count, of every policy that reaches a"
                + " route.")
        @Size(max = 16)
        List<WarmupSource> sources,
    @JsonPropertyDescription(
            "When the policy's routes are warmed again, with what a release of each would be warmed"
                + " with: minute, hour, day of month, month, day of week, as crontab(5) has them."
                + " Absent: at no time by itself.")
        @Size(min = 9, max = 128)
        @Pattern(Syntax.CRON)
        @Nullable String schedule,
    @JsonPropertyDescription("The time zone of the schedule, by its IANA name. Absent: UTC.")
        @Size(min = 1, max = 64)
        @Pattern(Syntax.TIME_ZONE)
        @Nullable String timeZone) {

  static final PolicyWarmup NONE = new PolicyWarmup(List.of(), null, null);

  public PolicyWarmup {
    sources = Absent.orEmpty(sources);
  }

  /** Whether nothing is asked. */
  @JsonIgnore
  public boolean isNothing() {
    return sources.isEmpty() && schedule == null;
  }
}
