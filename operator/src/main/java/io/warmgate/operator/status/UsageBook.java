package io.warmgate.operator.status;

import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.crd.v1alpha1.ModelUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one model took, as its status tells it: what it told when this operator began, and what each
 * gateway's pods were heard to have counted since. It is told anew once a minute at most.
 */
public final class UsageBook {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Map<String, List<ModelTraffic>> heard = new HashMap<>();
  private @Nullable ModelUsage base;
  private @Nullable ModelUsage told;
  private Instant toldAt;

  /**
   * @param told in the status, by whoever wrote it last; null: nothing
   */
  public UsageBook(@Nullable ModelUsage told, Instant now) {
    this.base = told;
    this.told = told;
    this.toldAt = told == null ? Instant.EPOCH : now;
  }

  /**
   * What the status says now; null: nothing.
   *
   * @param counted by the gateway's pods since this operator began, all in all
   */
  public @Nullable ModelUsage tell(String gateway, List<ModelTraffic> counted, Instant now) {
    List<ModelTraffic> before = heard.put(gateway, counted);
    if (before != null && answers(before) > answers(counted)) {
      // Another gateway by the same name.
      base = Usages.plus(base, before);
    }
    if (!now.isBefore(toldAt.plus(PERIOD))) {
      ModelUsage all = base;
      for (List<ModelTraffic> each : heard.values()) {
        all = Usages.plus(all, each);
      }
      if (all != null && !all.equals(told)) {
        told = all;
        toldAt = now;
      }
    }
    return told;
  }

  private static long answers(List<ModelTraffic> counted) {
    return counted.stream()
        .mapToLong(each -> each.spent().answers() + each.saved().answers())
        .sum();
  }
}
