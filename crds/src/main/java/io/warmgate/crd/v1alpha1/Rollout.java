package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a release goes in. No field has a structural default: a default that the API server wrote
 * into a route would hide the gateway's.
 */
@ValidationRule(
    value =
        "!has(self.steps) || size(self.steps) < 2 || self.steps.all(s, self.steps.exists_one(o, "
            + "o.weight == s.weight))",
    message = "each step needs a weight of its own",
    fieldPath = ".steps")
@ValidationRule(
    value =
        "!has(self.strategy) || self.strategy == 'Canary' || !has(self.steps) || "
            + "size(self.steps) == 0",
    message = "steps go with strategy Canary",
    fieldPath = ".steps")
@Wire
public record Rollout(
    @JsonPropertyDescription(
            "BlueGreen: warmed, then all at once. Canary: warmed, then by steps. Recreate: at once"
                + " and cold. Absent everywhere: BlueGreen, or Canary where there are steps.")
        @Nullable RolloutStrategy strategy,
    @JsonPropertyDescription("How warm the new release has to be, and what that may cost.")
        RolloutWarmup warmup,
    @JsonPropertyDescription("What the new release is judged by.") RolloutAnalysis analysis,
    @JsonPropertyDescription("Shares of the traffic on the way to 100, rising. Absent: none.")
        @Size(max = 20)
        List<RolloutStep> steps,
    @JsonPropertyDescription(
            "Which requests go to the new release as long as both have traffic: those of the same"
                + " header, cookie or client address stay on one side. Absent: each is drawn.")
        @Nullable HashOn hashOn,
    @JsonPropertyDescription(
            "Requests that have all of these headers go to the new release as soon as it has"
                + " traffic, whatever the step's weight. Absent: none.")
        @Size(max = 8)
        List<HeaderMatch> headers,
    @JsonPropertyDescription(
            "Automatic, or Manual: a warm release waits for the annotation"
                + " warmgate.io/rollout=promote. Absent everywhere: Automatic.")
        @Nullable RolloutPromotion promotion,
    @JsonPropertyDescription(
            "How long the release before is kept, and kept warm. Absent everywhere: 10m.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration keepPreviousFor,
    @JsonPropertyDescription(
            "Tags to purge once every pod gives a release all of the traffic: of what other routes"
                + " keep that is made of this one's answers. Only in an ApiRoute. Absent: none.")
        @Size(max = 16)
        List<@Size(min = 1, max = 1024) @Pattern(Syntax.TAG) String> purgeTags) {

  /** Nothing is said. */
  public static final Rollout NONE =
      new Rollout(
          null,
          RolloutWarmup.NONE,
          RolloutAnalysis.NONE,
          List.of(),
          null,
          List.of(),
          null,
          null,
          List.of());

  public Rollout {
    warmup = Absent.or(warmup, RolloutWarmup.NONE);
    analysis = Absent.or(analysis, RolloutAnalysis.NONE);
    steps = Absent.orEmpty(steps);
    headers = Absent.orEmpty(headers);
    purgeTags = Absent.orEmpty(purgeTags);
  }
}
