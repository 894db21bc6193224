package io.warmgate.local.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ApiConsumer as people name it. */
record ConsumerName(String namespace, String name) {
  private static final Set<String> KINDS =
      Set.of("ac", "apiconsumer", "apiconsumers", "apiconsumers.warmgate.io");

  /**
   * {@code partner}, {@code acme/partner}, or {@code ac/partner} as kubectl has it.
   *
   * @param option of {@code --namespace}, which counts where the name says none; null: it was not
   *     given
   */
  static ConsumerName parse(String text, @Nullable String option) {
    int slash = text.lastIndexOf('/');
    String name = text.substring(slash + 1);
    String before = slash < 0 ? "" : text.substring(0, slash);
    if (!before.isEmpty() && !KINDS.contains(before)) {
      return new ConsumerName(before, name);
    }
    return new ConsumerName(option == null ? "default" : option, name);
  }
}
