package io.warmgate.server.version;

import org.jspecify.annotations.Nullable;

/** Takes what a model's answers say of who made them. Safe for threads, and cheap. */
public interface Ear {
  /** Where nobody wants to know. */
  Ear NONE = (_, _) -> {};

  /**
   * An answer came, whole.
   *
   * @param model that answered, by its resolved name; empty: not told
   * @param fingerprint of the configuration that answered; null: not told
   */
  void heard(String model, @Nullable String fingerprint);
}
