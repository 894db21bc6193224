package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.CacheInvalidationSpec;
import io.warmgate.crd.v1alpha1.InvalidationMode;
import io.warmgate.crd.v1alpha1.Selection;
import java.util.ArrayList;
import java.util.List;

/** What a {@code CacheInvalidation} names, in a few words. */
public final class SelectionText {
  private static final int MAX_NAMED = 5;

  private SelectionText() {}

  /** {@code hard purge of 2 tags (a, b) of 1 host (shop.example.com)}. */
  public static String of(CacheInvalidationSpec spec) {
    String what = spec.mode() == InvalidationMode.SOFT ? "soft purge of " : "hard purge of ";
    return (Boolean.TRUE.equals(spec.dryRun()) ? "dry run of a " + what : what) + of(spec.select());
  }

  private static String of(Selection select) {
    List<String> parts = new ArrayList<>();
    names(parts, "tag", select.tags());
    names(parts, "path", select.paths());
    names(parts, "key", select.keys());
    if (select.prefix() != null) {
      parts.add("all below " + select.prefix());
    }
    if (Boolean.TRUE.equals(select.all())) {
      parts.add("everything");
    }
    if (parts.isEmpty()) {
      parts.add("everything");
    }
    names(parts, "host", select.hosts());
    return String.join(" of ", parts);
  }

  private static void names(List<String> parts, String what, List<String> names) {
    if (!names.isEmpty()) {
      int more = names.size() - MAX_NAMED;
      String some = String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())));
      parts.add(
          "%d %s%s (%s%s)"
              .formatted(
                  names.size(),
                  what,
                  names.size() == 1 ? "" : "s",
                  some,
                  more > 0 ? " and " + more + " more" : ""));
    }
  }
}
