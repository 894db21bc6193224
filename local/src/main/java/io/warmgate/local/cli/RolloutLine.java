package io.warmgate.local.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.WarmupStatus;
import io.warmgate.operator.rollout.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a rollout stands, in one line.
 *
 * @param over whether there is nothing more to wait for
 * @param failed whether what is wanted was tried and left
 */
record RolloutLine(String text, boolean over, boolean failed) {
  private static final int BAR = 20;

  /** Of an ApiRoute, or of an ApiGateway's pods. */
  static RolloutLine of(@Nullable HasMetadata object) {
    return switch (object) {
      case null -> new RolloutLine("it is gone", true, true);
      case ApiRoute route -> {
        ApiRouteStatus status = route.getStatus();
        yield status == null
            ? of(route, null, null)
            : of(route, status.rollout(), status.observedGeneration());
      }
      case ApiGateway gateway -> {
        ApiGatewayStatus status = gateway.getStatus();
        yield status == null
            ? of(gateway, null, null)
            : of(gateway, status.rollout(), status.observedGeneration());
      }
      default -> throw new IllegalArgumentException("no rollout is of a " + object.getKind());
    };
  }

  private static RolloutLine of(
      HasMetadata object, @Nullable RolloutStatus rollout, @Nullable Long seen) {
    RolloutLine line =
        rollout == null
            ? new RolloutLine("nothing has been rolled out yet", true, false)
            : rollout.phase() == RolloutPhase.STEADY ? steady(rollout) : underway(rollout);
    String news = unseen(object, seen);
    return line.over() && news != null
        ? new RolloutLine(line.text() + "; " + news, false, false)
        : line;
  }

  /** What the operator has not acted on yet; null: nothing. */
  private static @Nullable String unseen(HasMetadata object, @Nullable Long seen) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String order = annotations == null ? null : annotations.get(Command.ANNOTATION);
    if (order != null) {
      return "the operator has yet to see the order '%s'".formatted(order);
    }
    Long written = object.getMetadata().getGeneration();
    return written == null || written.equals(seen)
        ? null
        : "the operator has yet to see what is written";
  }

  private static RolloutLine steady(RolloutStatus rollout) {
    if (rollout.failed() != null) {
      String text =
          "%-17s %s; %s was left: %s: %s"
              .formatted(
                  "Steady",
                  rollout.release(),
                  rollout.failed().release(),
                  rollout.failed().reason(),
                  rollout.failed().message());
      return new RolloutLine(text, true, true);
    }
    String kept =
        rollout.previous() == null
            ? ""
            : "; %s is kept until %s"
                .formatted(rollout.previous().release(), rollout.previous().until());
    return new RolloutLine("%-17s %s%s".formatted("Steady", rollout.release(), kept), true, false);
  }

  private static RolloutLine underway(RolloutStatus rollout) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%-17s %s → %s %3d %%"
            .formatted(
                phase(rollout.phase()), rollout.release(), rollout.next(), percent(rollout)));
    WarmupStatus warmup = rollout.warmup();
    if (warmup != null && warmup.coveragePercent() != null) {
      parts.add(bar(warmup.coveragePercent()) + " %3d %% warm".formatted(warmup.coveragePercent()));
      parts.add(
          "%d of %d, %d to origins"
              .formatted(warmup.certified(), warmup.planned(), warmup.originRequests()));
      if (warmup.secondsLeft() != null && warmup.secondsLeft() > 0) {
        parts.add("about %d s left".formatted(warmup.secondsLeft()));
      }
    }
    if (rollout.shiftingTo() != null) {
      parts.add("going to %d %%".formatted(rollout.shiftingTo()));
    }
    if (rollout.pausedAt() != null) {
      parts.add("paused");
    }
    if (rollout.message() != null) {
      parts.add(rollout.message());
    }
    return new RolloutLine(String.join("  ", parts), false, false);
  }

  private static int percent(RolloutStatus rollout) {
    return rollout.percent() == null ? 0 : rollout.percent();
  }

  private static String bar(int percent) {
    int full = percent * BAR / 100;
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private static String phase(RolloutPhase phase) {
    return switch (phase) {
      case STEADY -> "Steady";
      case PROVISIONING -> "Provisioning";
      case WARMING -> "Warming";
      case VERIFYING -> "Verifying";
      case AWAITING_PROMOTION -> "AwaitingPromotion";
      case SHIFTING -> "Shifting";
      case OBSERVING -> "Observing";
      case DRAINING -> "Draining";
      case ROLLING_BACK -> "RollingBack";
    };
  }
}
