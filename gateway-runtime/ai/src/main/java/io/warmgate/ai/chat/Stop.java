package io.warmgate.ai.chat;

import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended.
 *
 * @param sequence the text of {@link Generation#stop} that came; null: not told
 * @param said the provider's own word; null: it said nothing
 */
public record Stop(StopReason reason, @Nullable String sequence, @Nullable String said) {
  /** The provider did not say. */
  public static final Stop NOT_SAID = new Stop(StopReason.NOT_SAID, null, null);
}
