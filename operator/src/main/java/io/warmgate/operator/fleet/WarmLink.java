package io.warmgate.operator.fleet;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.operator.warm.WarmPod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warming, asked for over a pod's admin API. */
record WarmLink(String uid, @Nullable String side, String address, AdminClient client)
    implements WarmPod {
  private static final Logger LOG = LoggerFactory.getLogger(WarmLink.class);

  @Override
  public Optional<HotRequests> hot(String route, int top) {
    return answer("what is hot", client.hot(address, route, top));
  }

  @Override
  public Optional<WarmReport> warm(WarmOrder order) {
    return answer("to warm", client.warm(address, order))
        .filter(report -> report.outcomes().size() == order.requests().size());
  }

  @Override
  public Optional<ReadReport> read(ReadOrder order) {
    return answer("to read", client.read(address, order));
  }

  private <T> Optional<T> answer(String asked, Reply<T> reply) {
    return switch (reply) {
      case Reply.Done<T>(var answer) -> Optional.of(answer);
      case Reply.Refused<T>(int status, var refusal) -> {
        LOG.warn("pod {} refuses {}: {} {}", uid, asked, status, refusal.message());
        yield Optional.empty();
      }
      case Reply.Failed<T>(var problem) -> {
        LOG.debug("pod {} was asked {} in vain: {}", uid, asked, problem);
        yield Optional.empty();
      }
    };
  }
}
