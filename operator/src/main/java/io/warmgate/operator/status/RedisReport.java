package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.RedisCacheStatus;
import java.util.List;

/** What a RedisCache's users read next. */
public record RedisReport(ObjectStatus<RedisCacheStatus> status, List<Notice> notices) {
  public RedisReport {
    notices = List.copyOf(notices);
  }
}
