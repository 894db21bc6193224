package io.warmgate.operator.status;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.Selection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@code CacheInvalidation} as pods are told it. */
final class PurgeOrders {
  private PurgeOrders() {}

  /**
   * @throws IllegalArgumentException naming the field that names nothing
   */
  static PurgeOrder of(CacheInvalidation invalidation, @Nullable PurgeReceipt receipt) {
    Selection select = invalidation.getSpec().select();
    List<String> paths =
        select.paths().stream()
            .map(path -> PurgePath.normalised("spec.select.paths", path))
            .toList();
    String prefix =
        select.prefix() == null
            ? null
            : PurgePath.normalised("spec.select.prefix", select.prefix());
    return new PurgeOrder(
        invalidation.getMetadata().getUid(),
        new PurgeRequest(
            select.tags(),
            paths,
            prefix,
            select.hosts().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList(),
            Boolean.TRUE.equals(select.all()),
            switch (invalidation.getSpec().mode()) {
              case HARD -> PurgeRequest.Mode.HARD;
              case SOFT -> PurgeRequest.Mode.SOFT;
            },
            select.keys()),
        receipt);
  }

  /** {@code epoch/position}, as it stands in a status; null where it says nothing. */
  static @Nullable PurgeReceipt receipt(@Nullable String text) {
    int slash = text == null ? -1 : text.lastIndexOf('/');
    return text == null || slash < 0
        ? null
        : new PurgeReceipt(text.substring(0, slash), text.substring(slash + 1));
  }

  static @Nullable String text(@Nullable PurgeReceipt receipt) {
    return receipt == null ? null : receipt.epoch() + "/" + receipt.position();
  }
}
